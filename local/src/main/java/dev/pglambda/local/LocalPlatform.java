package dev.pglambda.local;

import dev.pglambda.local.lambda.LambdaEndpoint;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.ZipFunction;
import dev.pglambda.local.postgres.AwsLambdaEndpoint;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresStartException;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * All of it on this machine: PostgreSQL with {@code aws_lambda} and the bundle installed, and Lambda with the functions of
 * a {@code handlers/} folder, registered by their names.
 *
 * <p>Ready when {@link #start} returns, after a few seconds. Thread-safe. No process of it outlives this JVM.
 */
public final class LocalPlatform implements AutoCloseable {

    private final LocalLambda lambda;
    private final LambdaEndpoint api;
    private final LocalPostgres postgres;
    private final AwsLambdaEndpoint extension;

    private LocalPlatform(LocalLambda lambda, LambdaEndpoint api, LocalPostgres postgres, AwsLambdaEndpoint extension) {
        this.lambda = lambda;
        this.api = api;
        this.postgres = postgres;
        this.extension = extension;
    }

    /**
     * Starts everything.
     *
     * @throws PlatformException with one line that says what is wrong and what to do
     */
    public static LocalPlatform start(PlatformSettings settings) {
        List<ZipFunction> functions = Handlers.in(settings.handlers());
        settings.progress().accept("starting PostgreSQL");
        // The server takes longest, and waits more than it works: the functions are unpacked meanwhile.
        CompletableFuture<LocalPostgres> starting =
                CompletableFuture.supplyAsync(() -> LocalPostgres.start(settings.postgresPort()));
        try (Parts parts = new Parts()) {
            settings.progress().accept("deploying " + names(functions));
            LocalLambda lambda = parts.add(deploy(functions, settings));
            LambdaEndpoint api = parts.add(LambdaEndpoint.start(lambda, settings.lambdaPort()));
            LocalPostgres postgres = parts.add(started(starting));
            AwsLambdaEndpoint extension = parts.add(AwsLambdaEndpoint.open(postgres, database -> lambda));
            settings.progress().accept("installing the bundle into " + LocalPostgres.DATABASE);
            try (Connection master = postgres.connectAsMaster(LocalPostgres.DATABASE)) {
                Preparation.installBundle(master);
                Preparation.applyParameterGroup(postgres, LocalPostgres.DATABASE);
                for (ZipFunction function : functions) {
                    Preparation.register(master, function.definition().name());
                }
            }
            parts.keep();
            return new LocalPlatform(lambda, api, postgres, extension);
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

    /** Where the AWS CLI and SDKs find Lambda: the {@code --endpoint-url}. */
    public URI endpoint() {
        return api.uri();
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        api.close();
        extension.close();
        lambda.close();
        postgres.close();
    }

    private static LocalLambda deploy(List<ZipFunction> functions, PlatformSettings settings) throws IOException {
        LocalLambda lambda = LocalLambda.start(LambdaSettings.defaults().withLogSink(settings.log()));
        try {
            functions.forEach(lambda::deploy);
            return lambda;
        } catch (RuntimeException e) {
            lambda.close();
            throw e;
        }
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

    private static String names(List<ZipFunction> functions) {
        return String.join(
                ", ", functions.stream().map(f -> f.definition().name()).toList());
    }
}
