package dev.pglambda.local;

import dev.pglambda.local.lambda.FunctionDefinition;
import dev.pglambda.local.lambda.LambdaEndpoint;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.ZipFunction;
import dev.pglambda.local.postgres.AwsLambdaEndpoint;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresStartException;
import dev.pglambda.local.postgres.ServerCertificate;
import dev.pglambda.local.secrets.LocalSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * All of it on this machine: PostgreSQL with {@code aws_lambda}, Lambda with the functions of a {@code handlers/} folder,
 * Secrets Manager with what they need for the database, and the bundle, installed by the function {@code setup}, with all
 * registered by their names that SQL may call. Durable calls are delivered every second.
 *
 * <p>Ready when {@link #start} returns, after a few seconds. Thread-safe. No process of it outlives this JVM.
 */
public final class LocalPlatform implements AutoCloseable {

    private final LocalLambda lambda;
    private final LambdaEndpoint api;
    private final LocalPostgres postgres;
    private final AwsLambdaEndpoint extension;
    private final Deliverer deliverer;

    private final List<ZipFunction> functions;

    private LocalPlatform(
            LocalLambda lambda,
            LambdaEndpoint api,
            LocalPostgres postgres,
            AwsLambdaEndpoint extension,
            Deliverer deliverer,
            List<ZipFunction> functions) {
        this.functions = List.copyOf(functions);
        this.lambda = lambda;
        this.api = api;
        this.postgres = postgres;
        this.extension = extension;
        this.deliverer = deliverer;
    }

    /**
     * Starts everything.
     *
     * @throws PlatformException with one line that says what is wrong and what to do
     */
    public static LocalPlatform start(PlatformSettings settings) {
        List<ZipFunction> functions = functions(settings.handlers());
        ServerCertificate certificate = ServerCertificate.create();
        settings.progress().accept("starting PostgreSQL");
        // The server takes long and waits more than it works: the functions are unpacked, and setup starts, meanwhile.
        CompletableFuture<LocalPostgres> starting = CompletableFuture.supplyAsync(
                () -> LocalPostgres.start(settings.postgresPort(), Optional.of(certificate)));
        try (Parts parts = new Parts()) {
            settings.progress().accept("deploying " + names(functions));
            LocalLambda lambda =
                    parts.add(LocalLambda.start(LambdaSettings.defaults().withLogSink(settings.log())));
            LambdaEndpoint api = parts.add(LambdaEndpoint.start(lambda, settings.lambdaPort()));
            LocalSecrets secrets = new LocalSecrets(LocalLambda.REGION, LocalLambda.ACCOUNT);
            api.mount(LocalSecrets.SERVICE, secrets.handler());
            FunctionDatabases databases = FunctionDatabases.of(functions, secrets);
            Path authority = lambda.share("postgres.pem", certificate.pem());
            List<ZipFunction> equipped = functions.stream()
                    .map(function -> databases.equip(function, api.uri(), authority))
                    .toList();
            for (ZipFunction function : equipped) {
                lambda.deploy(function);
                if (isSetup(function)) {
                    lambda.prestart(SetupFunction.NAME);
                }
            }
            LocalPostgres postgres = parts.add(started(starting));
            AwsLambdaEndpoint extension = parts.add(AwsLambdaEndpoint.open(postgres, database -> lambda));
            Preparation.applyParameterGroup(postgres, LocalPostgres.DATABASE);
            databases.open(postgres);
            settings.progress().accept("installing the bundle into " + LocalPostgres.DATABASE);
            new SetupFunction(lambda).create(registered(functions));
            Deliverer deliverer = parts.add(Deliverer.start(postgres, LocalPostgres.DATABASE, settings.progress()));
            parts.keep();
            return new LocalPlatform(lambda, api, postgres, extension, deliverer, equipped);
        } catch (IOException | SQLException | IllegalArgumentException e) {
            starting.thenAccept(LocalPostgres::close);
            throw new PlatformException(e.getMessage(), e);
        } catch (RuntimeException e) {
            starting.thenAccept(LocalPostgres::close);
            throw e;
        }
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public LocalLambda lambda() {
        return lambda;
    }

    /** What is deployed, with layers and environment, for those that run it in processes of their own. */
    public List<ZipFunction> functions() {
        return functions;
    }

    /** Where the AWS CLI and SDKs find Lambda: the {@code --endpoint-url}. */
    public URI endpoint() {
        return api.uri();
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        deliverer.close();
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

    /** Setup first, since it is needed first. */
    private static List<ZipFunction> functions(Path handlers) {
        List<ZipFunction> functions = Handlers.in(handlers);
        if (functions.stream().noneMatch(LocalPlatform::isSetup)) {
            throw new PlatformException("no function " + SetupFunction.NAME + " in " + handlers
                    + ": without it, nothing installs the bundle");
        }
        return Stream.concat(
                        functions.stream().filter(LocalPlatform::isSetup),
                        functions.stream().filter(function -> !isSetup(function)))
                .toList();
    }

    private static boolean isSetup(ZipFunction function) {
        return function.definition().name().equals(SetupFunction.NAME);
    }

    private static List<String> registered(List<ZipFunction> functions) {
        return functions.stream()
                .map(ZipFunction::definition)
                .filter(FunctionDefinition::callable)
                .map(FunctionDefinition::name)
                .toList();
    }

    private static String names(List<ZipFunction> functions) {
        return String.join(
                ", ", functions.stream().map(f -> f.definition().name()).toList());
    }
}
