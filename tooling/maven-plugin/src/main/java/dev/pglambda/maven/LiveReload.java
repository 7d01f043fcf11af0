package dev.pglambda.maven;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.LocalPlatform;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Compiles and packs what has been saved, and lets the platform run it: the next call gets the new code. What does not
 * compile changes nothing. Looks every 100 ms.
 */
final class LiveReload implements Runnable {

    private static final int LOOK_EVERY_MS = 100;

    private final ProjectFunctions functions;
    private final Compilation compilation;
    private final MavenSession session;
    private final PrintStream out;
    private final Map<MavenProject, SourceFiles> compiled = new HashMap<>();
    private volatile LocalPlatform platform;

    /** What is on the disk now counts as compiled. */
    LiveReload(ProjectFunctions functions, Compilation compilation, MavenSession session, PrintStream out)
            throws IOException {
        this.functions = functions;
        this.compilation = compilation;
        this.session = session;
        this.out = out;
        for (MavenProject project : functions.projects()) {
            compiled.put(project, SourceFiles.of(project));
        }
    }

    /** Begins, in a thread of its own. */
    void start(LocalPlatform served) {
        platform = served;
        Thread thread = new Thread(this, "live-reload");
        thread.setContextClassLoader(getClass().getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            Map<MavenProject, SourceFiles> changed = changed();
            if (!changed.isEmpty()) {
                compiled.putAll(changed);
                reload(functions.projects().stream()
                        .filter(changed::containsKey)
                        .toList());
            }
        } catch (IOException e) {
            // Files come and go while they are looked at: the next look is 100 ms away.
        }
    }

    /** Editors write a file in several steps: only what stays the same for a moment counts. */
    private Map<MavenProject, SourceFiles> changed() throws IOException, InterruptedException {
        Map<MavenProject, SourceFiles> changed = new HashMap<>();
        for (MavenProject project : functions.projects()) {
            SourceFiles now = SourceFiles.of(project);
            if (!now.equals(compiled.get(project))) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS / 2);
                if (now.equals(SourceFiles.of(project))) {
                    changed.put(project, now);
                }
            }
        }
        return changed;
    }

    private void reload(List<MavenProject> projects) {
        long start = System.nanoTime();
        List<String> names = new ArrayList<>();
        try {
            for (MavenProject project : projects) {
                names.add(project.getArtifactId());
                compilation.compile(project, session);
            }
            List<FunctionFolder> folders = functions.pack();
            platform.update(folders);
            out.printf(
                    "run: reloaded %s in %d ms%n", String.join(", ", names), (System.nanoTime() - start) / 1_000_000);
        } catch (Exception e) { // the compiler's, another plugin's, or the platform's, which say best what it is
            out.println("run: the former code goes on: " + e.getMessage());
        }
    }
}
