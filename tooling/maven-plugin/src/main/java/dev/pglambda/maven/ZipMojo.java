package dev.pglambda.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Packages a function as a zip for Lambda, {@code target/<name>.zip}, and attaches it. The same jars give the same bytes.
 * The zip is checked against Lambda's limits and started once under AWS's runtime client.
 */
@Mojo(
        name = "zip",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
public class ZipMojo extends AbstractMojo {

    private final MavenProjectHelper projectHelper;
    private final Zips zips;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
    private String version;

    /** Whether the zip is started once, which takes as long as a cold start. */
    @Parameter(property = "pglambda.boot", defaultValue = "true")
    private boolean boot;

    /** Called by Maven. */
    @Inject
    public ZipMojo(MavenProjectHelper projectHelper, Zips zips) {
        this.projectHelper = projectHelper;
        this.zips = zips;
    }

    @Override
    public void execute() throws MojoExecutionException {
        if (!FunctionModule.isFunction(project)) {
            getLog().debug("no function.json in " + project.getBasedir());
            return;
        }
        FunctionModule function = FunctionModule.of(project);
        File jar = project.getArtifact().getFile();
        if (jar == null || !jar.isFile()) {
            throw new MojoExecutionException("there is no jar of " + project.getArtifactId()
                    + " yet: run mvn package, which makes the jar and then the zip");
        }
        try {
            write(function, function.libraries(jar.toPath()));
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write " + function.zip() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }

    private void write(FunctionModule function, List<Library> libraries)
            throws IOException, InterruptedException, MojoExecutionException {
        refuse(function, ZipCheck.jars(function.description(), libraries));
        Path zip = function.zip();
        FunctionZip.write(zip, libraries);
        if (boot) {
            refuse(function, ZipCheck.boot(function.description(), zip, layers(function)));
        }
        projectHelper.attachArtifact(project, "zip", null, zip.toFile());
    }

    private List<Path> layers(FunctionModule function) throws MojoExecutionException {
        return function.description().database()
                ? List.of(zips.find(FunctionModule.LAYER, version, session))
                : List.of();
    }

    private static void refuse(FunctionModule function, Optional<String> mistake) throws MojoExecutionException {
        if (mistake.isPresent()) {
            throw new MojoExecutionException(
                    "function " + function.description().name() + ": " + mistake.get());
        }
    }
}
