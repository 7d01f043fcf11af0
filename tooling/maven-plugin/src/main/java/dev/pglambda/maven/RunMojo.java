package dev.pglambda.maven;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.ForegroundPlatform;
import dev.pglambda.local.PlatformException;
import dev.pglambda.local.PlatformSettings;
import dev.pglambda.local.postgres.PostgresSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Runs the functions of a project on the local platform: PostgreSQL that calls them, on this machine. Stays in the
 * foreground until Ctrl-C; a class that is saved is compiled, and the next call from SQL runs it. With {@code -Dsql}, runs
 * one statement and ends.
 */
@Mojo(name = "run", aggregator = true, requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public class RunMojo extends AbstractMojo {

    private final Zips zips;
    private final Compilation compilation;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
    private String version;

    @Parameter(defaultValue = "${project.build.directory}/pglambda", readonly = true, required = true)
    private File directory;

    /** What to run, as user app, instead of waiting. */
    @Parameter(property = "sql")
    private String sql;

    /** PostgreSQL's port on 127.0.0.1; 0 for any free one. */
    @Parameter(property = "pglambda.postgresPort", defaultValue = "15432")
    private int postgresPort;

    /** Lambda's port on 127.0.0.1; 0 for any free one. */
    @Parameter(property = "pglambda.lambdaPort", defaultValue = "3001")
    private int lambdaPort;

    /** The folder whose .sql files are run once in the new database, by name. */
    @Parameter(property = "pglambda.init", defaultValue = "${session.executionRootDirectory}/init")
    private File init;

    /** Also print the lines that Lambda writes around each call. */
    @Parameter(property = "pglambda.verbose", defaultValue = "false")
    private boolean verbose;

    /** Called by Maven. */
    @Inject
    public RunMojo(Zips zips, Compilation compilation) {
        this.zips = zips;
        this.compilation = compilation;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            Files.createDirectories(directory.toPath());
            Class.forName("org.postgresql.Driver"); // in Maven, DriverManager does not find it by itself
            run();
        } catch (PlatformException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (SQLException | IOException | ClassNotFoundException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
            throws MojoExecutionException, MojoFailureException, IOException, SQLException, InterruptedException {
        ProjectFunctions functions = new ProjectFunctions(session.getProjects());
        LiveReload reload = new LiveReload(functions, compilation, session, System.out);
        PlatformSettings settings = settings(functions);
        if (sql == null) {
            settings = settings.withPorts(PostgresSettings.known(postgresPort), lambdaPort)
                    .withOutput(getLog()::info, ForegroundPlatform.log(System.out, verbose));
            if (new ForegroundPlatform(settings, System.out, System.err).serve(reload::start)) {
                throw new MojoFailureException("PostgreSQL has ended");
            }
        } else if (!new ForegroundPlatform(settings, System.out, System.err).runOnce(sql)) {
            throw new MojoFailureException("the SQL has failed, see above");
        }
    }

    /** The installer comes along with the plugin; a project has none. */
    private PlatformSettings settings(ProjectFunctions functions) throws MojoExecutionException, IOException {
        List<FunctionFolder> all = new ArrayList<>(functions.pack());
        Path layer = zips.find(FunctionModule.LAYER, version, session);
        if (all.stream().noneMatch(function -> function.description().installer())) {
            all.add(installer());
        }
        return PlatformSettings.quiet(all, layer, init.toPath());
    }

    private FunctionFolder installer() throws MojoExecutionException, IOException {
        return PackagedFunction.of(zips.find("pglambda-setup", version, session), directory.toPath());
    }
}
