package dev.pglambda.local;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * All of it on this machine: PostgreSQL with {@code aws_lambda}, Lambda with the functions of a {@code handlers/} folder,
 * Secrets Manager with what they need for the database, and the bundle, installed by the function that does this on AWS.
 * Durable calls are delivered every second.
 *
 * <p>Ready when {@link #start} returns, after a few seconds. Thread-safe. No process of it outlives this JVM.
 */
public final class LocalPlatform implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final PlatformFunctions functions;
    private final LocalLambda lambda;
    private final LambdaEndpoint api;
    private final LocalPostgres postgres;
    private final AwsLambdaEndpoint extension;
    private final DurableCallDelivery delivery;

    private LocalPlatform(
            PlatformFunctions functions,
            LocalLambda lambda,
            LambdaEndpoint api,
            LocalPostgres postgres,
            AwsLambdaEndpoint extension,
            DurableCallDelivery delivery) {
        this.functions = functions;
        this.lambda = lambda;
        this.api = api;
        this.postgres = postgres;
        this.extension = extension;
        this.delivery = delivery;
    }

    /**
     * Starts everything.
     *
     * @throws PlatformException with one line that says what is wrong and what to do
     */
    public static LocalPlatform start(PlatformSettings settings) {
        PlatformFunctions functions = PlatformFunctions.of(settings);
        settings.progress().accept("starting PostgreSQL");
        // The server takes long and waits more than it works: meanwhile the functions are unpacked, and the installer
        // starts.
        CompletableFuture<LocalPostgres> starting =
                CompletableFuture.supplyAsync(() -> LocalPostgres.start(settings.postgres()));
        try (CloseOnFailure opened = new CloseOnFailure()) {
            opened.add(() -> starting.thenAccept(LocalPostgres::close));
            LocalPlatform platform = start(settings, functions, starting, opened);
            opened.keep();
            return platform;
        } catch (IOException | SQLException | IllegalArgumentException e) {
            throw new PlatformException(e.getMessage(), e);
        }
    }

    private static LocalPlatform start(
            PlatformSettings settings,
            PlatformFunctions functions,
            CompletableFuture<LocalPostgres> starting,
            CloseOnFailure opened)
            throws IOException, SQLException {
        settings.progress().accept("deploying " + names(functions));
        LocalLambda lambda =
                opened.add(LocalLambda.start(LambdaSettings.defaults().withLogSink(settings.log())));
        LambdaEndpoint api = opened.add(LambdaEndpoint.start(lambda, settings.lambdaPort()));
        LocalSecrets secrets = new LocalSecrets(lambda, settings.progress());
        api.mount(LocalSecrets.SERVICE, secrets.handler());
        FunctionUsers users = new FunctionUsers(functions, settings.postgres().master(), secrets);
        Path certificate = lambda.share("postgres.pem", LocalPostgres.certificate());
        PlatformFunctions deployed = functions.map(function -> users.withEnvironment(function, api.uri(), certificate));
        String installer = functions.installer().name();
        lambda.deploy(deployed.installer());
        lambda.prestart(installer);
        deployed.others().forEach(lambda::deploy);
        LocalPostgres postgres = started(starting);
        AwsLambdaEndpoint extension = opened.add(AwsLambdaEndpoint.open(postgres, database -> lambda));
        DatabasePreparation.applyParameterGroup(postgres, LocalPostgres.DATABASE);
        users.fill(postgres.port());
        settings.progress().accept("installing the bundle into " + LocalPostgres.DATABASE);
        new BundleInstaller(lambda, installer).install(functions.callable(), users.logins());
        DurableCallDelivery delivery =
                opened.add(DurableCallDelivery.start(postgres, LocalPostgres.DATABASE, settings.progress()));
        return new LocalPlatform(deployed, lambda, api, postgres, extension, delivery);
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public LocalLambda lambda() {
        return lambda;
    }

    /** What is deployed, with layers and environment. */
    public List<ZipFunction> functions() {
        return functions.all();
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
    public void close() {
        delivery.close();
        api.close();
        extension.close();
        lambda.close();
        postgres.close();
    }

    private static LocalPostgres started(CompletableFuture<LocalPostgres> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PostgresStartException known) {
                throw new PlatformException(known.getMessage(), known);
            }
            throw e;
        }
    }

    private static String names(PlatformFunctions functions) {
        return functions.all().stream().map(ZipFunction::name).collect(Collectors.joining(", "));
    }
}
