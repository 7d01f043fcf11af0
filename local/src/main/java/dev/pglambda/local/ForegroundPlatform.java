package dev.pglambda.local;

import dev.pglambda.local.lambda.log.LogSink;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** A platform that a person starts in a terminal: for one statement, or until Ctrl-C. */
public final class ForegroundPlatform {

    private final PlatformSettings settings;
    private final PrintStream out;
    private final PrintStream err;

    /** @param out for rows, and for what happens */
    public ForegroundPlatform(PlatformSettings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** The functions' own lines; with {@code verbose} also those that Lambda writes around each call. */
    public static LogSink log(PrintStream out, boolean verbose) {
        return (function, line) -> {
            if (verbose || !line.matches("(START|END|REPORT) RequestId: .*")) {
                out.println(function + ": " + line);
            }
        };
    }

    /**
     * Runs SQL as the application on a platform that ends with it, and prints as psql would.
     *
     * @return whether all went well
     * @throws PlatformException if the platform cannot start
     */
    public boolean runOnce(String sql) throws SQLException {
        try (LocalPlatform platform = LocalPlatform.start(settings);
                Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE)) {
            return new StatementPrinter(out, err).run(app, sql);
        }
    }

    /**
     * Serves until the JVM is ended, by Ctrl-C, or PostgreSQL has ended: only then it returns.
     *
     * @param started gets the platform when it is ready
     * @return whether PostgreSQL has ended, rather than the JVM
     * @throws PlatformException if the platform cannot start
     */
    public boolean serve(Consumer<LocalPlatform> started) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        LocalPlatform platform = LocalPlatform.start(settings);
        Thread shutdown = new Thread(platform::close, "run-shutdown");
        Runtime.getRuntime().addShutdownHook(shutdown);
        out.println(GettingStarted.text(platform));
        out.printf("ready after %.1f s; Ctrl-C ends it%n", (System.nanoTime() - start) / 1e9);
        started.accept(platform);
        String reason = platform.awaitEndOfPostgres();
        boolean ended = cancelled(shutdown);
        if (ended) {
            err.println("run: PostgreSQL has ended, and its data with it: " + reason + ". Start again.");
            platform.close();
        }
        return ended;
    }

    /** False if the JVM is ending already, and PostgreSQL with it. */
    private static boolean cancelled(Thread shutdownHook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
