package dev.pglambda.maven;

import java.util.Set;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * Compiles a module again inside the build that runs, as its pom says: the goals that are bound to the phases up to
 * process-classes, without those that only check the build.
 */
@Named
public class Compilation {

    private static final Set<String> LEFT_OUT = Set.of("validate", "initialize");

    private final LifecycleExecutor lifecycle;
    private final BuildPluginManager plugins;

    /** Called by Maven. */
    @Inject
    public Compilation(LifecycleExecutor lifecycle, BuildPluginManager plugins) {
        this.lifecycle = lifecycle;
        this.plugins = plugins;
    }

    /** Throws what the compiler or another goal throws. */
    void compile(MavenProject project, MavenSession session) throws Exception {
        MavenProject former = session.getCurrentProject();
        try {
            session.setCurrentProject(project);
            for (MojoExecution goal :
                    lifecycle.calculateExecutionPlan(session, "process-classes").getMojoExecutions()) {
                if (!LEFT_OUT.contains(goal.getLifecyclePhase())) {
                    plugins.executeMojo(session, goal);
                }
            }
        } finally {
            session.setCurrentProject(former);
        }
    }
}
