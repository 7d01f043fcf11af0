package dev.pglambda.local;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.api.LambdaEndpoint;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresStartException;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import dev.pglambda.local.secrets.LocalSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * The whole platform on this machine: PostgreSQL with {@code aws_lambda}, Lambda with
 * functions, Secrets Manager with what they need for the database, and the bundle, installed by the
 * function that does this on AWS. Durable calls are delivered every second.
 *
 * <p>Ready when {@link #start} returns, after a few seconds. Thread-safe. No process of it outlives this JVM.
 */
public final class LocalPlatform implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Last in is first closed. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

    private final PlatformSettings settings;
    private volatile List<ZipFunction> functions;
    private PlatformFunctions installed;
    private FunctionUsers users;
    private LocalLambda lambda;
    private LambdaEndpoint api;
    private LocalPostgres postgres;

    private LocalPlatform(PlatformSettings settings, PlatformFunctions installed) {
        this.settings = settings;
        this.installed = installed;
    }

    /**
     * Starts everything.
     *
     * @throws PlatformException with one line that says what is wrong and what to do
     */
    public static LocalPlatform start(PlatformSettings settings) {
        LocalPlatform platform = new LocalPlatform(settings, PlatformFunctions.of(settings));
        try {
            platform.open();
            return platform;
        } catch (IOException | SQLException | IllegalArgumentException | PostgresStartException e) {
            platform.close();
            throw new PlatformException(e.getMessage(), e);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private void open() throws IOException, SQLException {
        settings.output().progress().accept("starting PostgreSQL");
        // The server takes long and waits more than it works: meanwhile the functions are unpacked, and the installer
        // starts.
        CompletableFuture<LocalPostgres> starting =
                CompletableFuture.supplyAsync(() -> LocalPostgres.start(settings.postgres()));
        opened.push(() -> starting.thenAccept(LocalPostgres::close));
        settings.output().progress().accept("deploying " + names(installed));
        lambda = LocalLambda.start(
                LambdaSettings.defaults().withLogSink(settings.output().log()));
        opened.push(lambda::close);
        api = LambdaEndpoint.start(lambda, settings.lambdaPort());
        opened.push(api::close);
        LocalSecrets secrets = new LocalSecrets(lambda, settings.output().progress());
        api.mount(LocalSecrets.SERVICE, secrets.handler());
        users = new FunctionUsers(installed, settings.postgres().master(), secrets);
        deploy();
        postgres = started(starting);
        AwsLambdaEndpoint extension = AwsLambdaEndpoint.open(postgres, database -> lambda);
        opened.push(extension::close);
        DatabasePreparation.applyParameterGroup(postgres, LocalPostgres.DATABASE);
        users.fill(postgres.port());
        settings.output().progress().accept("installing the bundle into " + LocalPostgres.DATABASE);
        new BundleInstaller(lambda, installed.installer().name()).install(installed.callable(), users.logins());
        InitScripts.run(settings.initScripts(), postgres, settings.output().progress());
        DurableCallDelivery delivery = DurableCallDelivery.start(
                postgres, LocalPostgres.DATABASE, settings.output().progress());
        opened.push(delivery::close);
    }

    private void deploy() throws IOException {
        functions = withEnvironment(installed);
        for (ZipFunction function : functions) {
            lambda.deploy(function);
            if (function.description().installer()) {
                lambda.prestart(function.name());
            }
        }
    }

    private List<ZipFunction> withEnvironment(PlatformFunctions deployed) throws IOException {
        Path certificate = lambda.share("postgres.pem", LocalPostgres.certificate());
        return deployed.all().stream()
                .map(function -> users.withEnvironment(function, api.uri(), certificate))
                .toList();
    }

    /**
     * Takes over what has changed: code, which is started so that the next call finds it, and descriptions, with the
     * wrappers of their signatures. Returns when the next call gets it.
     *
     * @param changed all functions but the installer
     * @throws PlatformException for what only a new start can change: which functions there are, and who of them has a
     *     database
     */
    public synchronized void update(List<FunctionFolder> changed) {
        PlatformFunctions updated = installed.with(changed, settings.databaseLayer());
        if (!updated.logins().equals(installed.logins())) {
            throw new PlatformException(
                    "other functions, or others with a database, than at the start: end the platform and start it again");
        }
        try {
            functions = withEnvironment(updated);
            if (updated.descriptions().equals(installed.descriptions())) {
                updated.callable().forEach(function -> lambda.renew(function.name()));
            } else {
                functions.forEach(lambda::deploy);
                new BundleInstaller(lambda, updated.installer().name())
                        .update(installed.callable(), updated.callable(), users.logins());
            }
            installed = updated;
        } catch (IOException e) {
            throw new PlatformException(e.getMessage(), e);
        }
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public LocalLambda lambda() {
        return lambda;
    }

    /** What is deployed, with layers and environment. */
    public List<ZipFunction> functions() {
        return functions;
    }

    /** Where the AWS CLI and SDKs find Lambda: the {@code --endpoint-url}. */
    public URI endpoint() {
        return api.uri();
    }

    /** Waits until PostgreSQL has ended, which it does not do by itself; returns why. */
    public String awaitEndOfPostgres() throws InterruptedException {
        while (postgres.isListening()) {
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return postgres.reasonOfEnd();
    }

    /** Ends everything at once. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    private static LocalPostgres started(CompletableFuture<LocalPostgres> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PostgresStartException known) {
                throw known;
            }
            throw e;
        }
    }

    private static String names(PlatformFunctions functions) {
        return functions.all().stream().map(ZipFunction::name).collect(Collectors.joining(", "));
    }
}
