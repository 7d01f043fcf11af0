package dev.pglambda.local;

import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

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
            converter = Port.class,
            description = "PostgreSQL's port on 127.0.0.1; 0 for any free one (default: ${DEFAULT-VALUE})")
    int postgresPort;

    @Option(
            names = "--lambda-port",
            paramLabel = "PORT",
            defaultValue = "3001",
            converter = Port.class,
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

    /** Ends the JVM with status 0 if all went well, 1 if the SQL or the platform failed, 2 for wrong arguments. */
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

    /** Returns only when PostgreSQL has ended: Ctrl-C ends the JVM. */
    private int serve() throws SQLException, InterruptedException {
        long start = System.nanoTime();
        PlatformSettings settings = PlatformSettings.quiet(handlers)
                .withPorts(PostgresSettings.known(postgresPort), lambdaPort)
                .withOutput(
                        line -> out.println("run: " + line), (function, line) -> out.println(function + ": " + line));
        LocalPlatform platform = LocalPlatform.start(settings);
        Thread shutdown = new Thread(platform::close, "run-shutdown");
        Runtime.getRuntime().addShutdownHook(shutdown);
        out.println(GettingStarted.text(platform));
        out.printf("ready after %.1f s; Ctrl-C ends it%n", (System.nanoTime() - start) / 1e9);
        String reason = platform.awaitEndOfPostgres();
        if (cancelled(shutdown)) {
            err.println("run: PostgreSQL has ended, and its data with it: " + reason + ". Start again.");
            platform.close();
        }
        return 1;
    }

    /** False if the JVM is ending already, and PostgreSQL with it. */
    private static boolean cancelled(Thread shutdownHook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** A number from 0 to 65535. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
                throw new TypeConversionException("'" + value + "' is not a port: write a number from 0 to 65535");
            }
            return Integer.valueOf(value);
        }
    }
}
