package dev.pglambda.local;

import dev.pglambda.local.postgres.PostgresSettings;
import java.io.PrintStream;
import java.nio.file.Path;
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
            defaultValue = "15432",
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
            names = {"-v", "--verbose"},
            description = "Also prints the lines that Lambda writes around each call: START, END and REPORT.")
    boolean verbose;

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
        PlatformSettings settings = PlatformSettings.quiet(handlers);
        return new ForegroundPlatform(settings, out, err).runOnce(sql) ? 0 : 1;
    }

    private int serve() throws SQLException, InterruptedException {
        PlatformSettings settings = PlatformSettings.quiet(handlers)
                .withPorts(PostgresSettings.known(postgresPort), lambdaPort)
                .withOutput(line -> out.println("run: " + line), ForegroundPlatform.log(out, verbose));
        new ForegroundPlatform(settings, out, err).serve(platform -> {});
        return 1;
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
