package dev.pglambda.maven;

import dev.pglambda.function.FunctionFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;

/** The functions of a build, packed from their folders of classes, for the local platform. */
final class ProjectFunctions {

    private final List<MavenProject> projects;

    /** @param projects all modules of the build, in its order */
    ProjectFunctions(List<MavenProject> projects) {
        this.projects = List.copyOf(projects);
    }

    List<MavenProject> projects() {
        return projects;
    }

    /** Packs all functions anew. */
    List<FunctionFolder> pack() throws MojoExecutionException {
        List<FunctionFolder> folders = new ArrayList<>();
        Map<String, MavenProject> byName = new HashMap<>();
        for (FunctionModule function : modules()) {
            MavenProject other = byName.put(function.description().name(), function.project());
            if (other != null) {
                throw new MojoExecutionException("two functions have the name "
                        + function.description().name() + ": " + other.getBasedir() + " and "
                        + function.project().getBasedir() + "; change \"name\" in one function.json");
            }
            folders.add(pack(function));
        }
        if (folders.isEmpty()) {
            throw new MojoExecutionException(
                    "there is no function in this project: no module has a function.json next to"
                            + " its pom.xml. Make one with mvn pglambda:new -Dname=price");
        }
        return folders;
    }

    private List<FunctionModule> modules() throws MojoExecutionException {
        List<FunctionModule> modules = new ArrayList<>();
        for (MavenProject project : projects) {
            if (FunctionModule.isFunction(project)) {
                modules.add(FunctionModule.of(project));
            }
        }
        return modules;
    }

    private static FunctionFolder pack(FunctionModule function) throws MojoExecutionException {
        Path target = Path.of(function.project().getBuild().getDirectory());
        Path zip = target.resolve("pglambda").resolve(function.description().name() + ".zip");
        try {
            Path classes = Path.of(function.project().getBuild().getOutputDirectory());
            FunctionZip.writeUncompressed(zip, function.libraries(classes));
            return new FunctionFolder(function.description(), zip);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write " + zip + ": " + e.getMessage(), e);
        }
    }
}
