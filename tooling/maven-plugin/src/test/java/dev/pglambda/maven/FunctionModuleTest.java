package dev.pglambda.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionModuleTest {

    @TempDir
    Path folder;

    MavenProject project;

    @BeforeEach
    void make() {
        Model model = new Model();
        model.setArtifactId("price");
        model.setVersion("1");
        model.setBuild(new Build());
        model.getBuild().setDirectory(folder.resolve("target").toString());
        project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        project.setArtifacts(Set.of());
    }

    @Test
    void forgotten_database_is_told_with_what_to_do() throws IOException {
        describe(false);
        depend("provided");
        assertThatThrownBy(() -> FunctionModule.of(project))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("pglambda-database-layer")
                .hasMessageContaining("does not say \"database\": true: set it");
    }

    @Test
    void forgotten_dependency_is_told_with_what_to_do() throws IOException {
        describe(true);
        assertThatThrownBy(() -> FunctionModule.of(project))
                .hasMessageContaining(
                        "has no dependency dev.pglambda:pglambda-database-layer (type pom, scope provided)");
    }

    @Test
    void layer_that_would_be_packaged_is_told() throws IOException {
        describe(true);
        depend("compile");
        assertThatThrownBy(() -> FunctionModule.of(project)).hasMessageContaining("must be provided");
    }

    @Test
    void mistake_in_the_description_is_told_with_its_file() throws IOException {
        Files.writeString(folder.resolve("function.json"), "{\"name\": \"price\"}");
        assertThatThrownBy(() -> FunctionModule.of(project))
                .hasMessageContaining("function.json")
                .hasMessageContaining("memoryMb is missing");
    }

    @Test
    void zip_has_what_is_needed_at_run_time_by_name_and_not_what_lambda_brings() throws Exception {
        describe(false);
        project.setArtifacts(Set.of(
                artifact("org.one", "util", "compile"),
                artifact("org.two", "util", "runtime"),
                artifact("junit", "junit", "test"),
                artifact("org.three", "layer", "provided"),
                artifact("com.amazonaws", "aws-lambda-java-core", "compile")));
        List<String> names = FunctionModule.of(project).libraries(folder).stream()
                .map(Library::fileName)
                .toList();
        assertThat(names).hasSize(3).contains("price-1.jar", "util-2.jar").isSorted();
        assertThat(names).anyMatch(name -> name.matches("org\\.(one|two)\\.util-2\\.jar"));
    }

    private Artifact artifact(String group, String id, String scope) {
        DefaultArtifactHandler handler = new DefaultArtifactHandler("jar");
        handler.setAddedToClasspath(true);
        Artifact artifact = new DefaultArtifact(group, id, "2", scope, "jar", null, handler);
        artifact.setFile(folder.resolve(group + id).toFile());
        return artifact;
    }

    private void describe(boolean database) throws IOException {
        Files.writeString(
                folder.resolve("function.json"),
                "{\"name\": \"price\", \"description\": \"\", \"memoryMb\": 512, \"timeoutSeconds\": 10, \"database\": "
                        + database + "}");
    }

    private void depend(String scope) {
        Dependency layer = new Dependency();
        layer.setGroupId("dev.pglambda");
        layer.setArtifactId("pglambda-database-layer");
        layer.setType("pom");
        layer.setScope(scope);
        project.setDependencies(List.of(layer));
    }
}
