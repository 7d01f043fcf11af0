package dev.pglambda.maven;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Dependency;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;

/** A Maven module that is a function: a {@code function.json} is next to its pom. */
record FunctionModule(MavenProject project, FunctionDescription description) {

    static final String GROUP = "dev.pglambda";
    static final String LAYER = "pglambda-database-layer";
    private static final Set<String> SCOPES = Set.of(Artifact.SCOPE_COMPILE, Artifact.SCOPE_RUNTIME);

    static boolean isFunction(MavenProject project) {
        return Files.isRegularFile(file(project));
    }

    /** Reads and checks {@code function.json}. */
    static FunctionModule of(MavenProject project) throws MojoExecutionException {
        try {
            FunctionDescription description = FunctionDescription.read(file(project));
            checkDatabase(project, description);
            return new FunctionModule(project, description);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read " + file(project) + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    private static Path file(MavenProject project) {
        return project.getBasedir().toPath().resolve(FunctionFolder.FILE);
    }

    /** On Lambda, a function has the layer's classes exactly if it is described with a database. */
    private static void checkDatabase(MavenProject project, FunctionDescription description)
            throws MojoExecutionException {
        String dependency = GROUP + ":" + LAYER + " (type pom, scope provided)";
        List<Dependency> layers = project.getDependencies().stream()
                .filter(each ->
                        each.getGroupId().equals(GROUP) && each.getArtifactId().equals(LAYER))
                .toList();
        if (description.database() && layers.isEmpty()) {
            throw new MojoExecutionException(file(project) + " says \"database\": true, but " + project.getFile()
                    + " has no dependency " + dependency + ": add it, or set \"database\": false");
        }
        for (Dependency layer : layers) {
            if (!description.database()) {
                throw new MojoExecutionException(project.getFile() + " has the dependency " + dependency + ", but "
                        + file(project) + " does not say \"database\": true: set it, or remove the dependency");
            }
            if (!Artifact.SCOPE_PROVIDED.equals(layer.getScope())) {
                throw new MojoExecutionException(project.getFile() + ": the scope of " + LAYER
                        + " must be provided, because on Lambda these libraries come from the layer");
            }
        }
    }

    /** Where the zip goes: the local platform and the stack look for it there. */
    Path zip() {
        return Path.of(project.getBuild().getDirectory()).resolve(description.name() + ".zip");
    }

    /** The jars of the zip, by name. {@code own} is the module's own jar or its folder of classes. */
    List<Library> libraries(Path own) {
        List<Library> libraries = new ArrayList<>();
        libraries.add(new Library(project.getArtifactId() + "-" + project.getVersion() + ".jar", own));
        Set<String> names = new HashSet<>();
        libraries.forEach(library -> names.add(library.fileName()));
        for (Artifact artifact : project.getArtifacts()) {
            if (isPackaged(artifact)) {
                String name = fileName(artifact);
                String unique = names.add(name) ? name : artifact.getGroupId() + "." + name;
                libraries.add(new Library(unique, artifact.getFile().toPath()));
            }
        }
        libraries.sort(Comparator.comparing(Library::fileName));
        return libraries;
    }

    /** Lambda's runtime brings aws-lambda-java-core. */
    private static boolean isPackaged(Artifact artifact) {
        return SCOPES.contains(artifact.getScope())
                && artifact.getArtifactHandler().isAddedToClasspath()
                && !artifact.getArtifactId().equals("aws-lambda-java-core");
    }

    private static String fileName(Artifact artifact) {
        String classifier = artifact.hasClassifier() ? "-" + artifact.getClassifier() : "";
        return artifact.getArtifactId() + "-" + artifact.getBaseVersion() + classifier + ".jar";
    }
}
