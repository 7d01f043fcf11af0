package dev.pglambda.local;

import dev.pglambda.local.postgres.LocalPostgres;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code ./run}. */
@Command(
        name = "run",
        description = {
            "Starts the local platform: PostgreSQL with aws_lambda, and Lambda with the functions of handlers/.",
            "With SQL, runs it on a platform of its own, prints the rows as psql -At would, and ends."
        },
        sortOptions = false)
public final class Run implements Callable<Integer> {

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "54320",
            description = "PostgreSQL's port on 127.0.0.1; 0 for any free one (default: ${DEFAULT-VALUE})")
    int postgresPort;

    @Option(
            names = "--lambda-port",
            paramLabel = "PORT",
            defaultValue = "3001",
            description = "Lambda's port on 127.0.0.1; 0 for any free one (default: ${DEFAULT-VALUE})")
    int lambdaPort;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    boolean help;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "What to run, as user app, instead of waiting.")
    String sql;

    private final Path handlers;
    private final PrintStream out;
    private final PrintStream err;

    Run(Path handlers, PrintStream out, PrintStream err) {
        this.handlers = handlers;
        this.out = out;
        this.err = err;
    }

    /** Ends the JVM: 0 well, 1 the SQL or the start failed, 2 wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Run(Path.of("handlers"), System.out, System.err)).execute(arguments));
    }

    @Override
    public Integer call() throws SQLException, InterruptedException {
        try {
            return sql == null ? serve() : runOnce();
        } catch (PlatformException e) {
            err.println("run: " + e.getMessage());
            return 1;
        }
    }

    private int runOnce() throws SQLException {
        try (LocalPlatform platform = LocalPlatform.start(PlatformSettings.quiet(handlers));
                Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE)) {
            return new StatementPrinter(out, err).run(app, sql) ? 0 : 1;
        }
    }

    private int serve() throws InterruptedException {
        long start = System.nanoTime();
        var settings = new PlatformSettings(
                handlers,
                postgresPort,
                lambdaPort,
                line -> out.println("run: " + line),
                (function, line) -> out.println(function + ": " + line));
        LocalPlatform platform = LocalPlatform.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "run-shutdown"));
        out.println(Welcome.text(platform));
        out.printf("ready after %.1f s; Ctrl-C ends it%n", (System.nanoTime() - start) / 1e9);
        new CountDownLatch(1).await();
        return 0;
    }
}
