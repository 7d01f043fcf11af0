package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.Password;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Where the {@code aws_lambda} extension of a {@link LocalPostgres} sends its calls: a small server on 127.0.0.1 that
 * speaks PostgreSQL's wire protocol, because dblink is the one client that every PostgreSQL session has.
 *
 * <p>Every session of the database has its own connection and its own thread here, so a slow function blocks no other
 * session. The sessions find the endpoint through a file in the server's data directory, so an endpoint may be closed
 * and another opened while they live; each call looks again.
 *
 * <p>Thread-safe. A call costs about 20 µs on top of what {@link InvokeApi} takes.
 */
public final class AwsLambdaEndpoint implements AutoCloseable {

    /** After a connection could not be accepted, as when this process has no more files. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerSocket server;
    private final LocalPostgres postgres;
    private final Function<String, InvokeApi> routing;
    private final Password password = Password.random();
    private final Set<EndpointSession> sessions = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private AwsLambdaEndpoint(ServerSocket server, LocalPostgres postgres, Function<String, InvokeApi> routing) {
        this.server = server;
        this.postgres = postgres;
        this.routing = routing;
    }

    /**
     * Opens the endpoint of a running server, in place of one that was open before.
     *
     * @param routing from the name of a session's database to the Lambda that it calls; null when it has none
     */
    public static AwsLambdaEndpoint open(LocalPostgres postgres, Function<String, InvokeApi> routing) {
        try {
            return open(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), postgres, routing);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the endpoint of aws_lambda on 127.0.0.1", e);
        }
    }

    static AwsLambdaEndpoint open(ServerSocket server, LocalPostgres postgres, Function<String, InvokeApi> routing)
            throws IOException {
        AwsLambdaEndpoint endpoint = new AwsLambdaEndpoint(server, postgres, Objects.requireNonNull(routing));
        daemon(endpoint::accept, "aws_lambda endpoint");
        postgres.publishLambdaEndpoint(endpoint.connectionString());
        return endpoint;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** Ends all connections; calls that wait fail, their functions continue. */
    @Override
    public void close() {
        try {
            closed.countDown();
            server.close();
            sessions.forEach(EndpointSession::close);
            postgres.withdrawLambdaEndpoint(connectionString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the endpoint of aws_lambda", e);
        }
    }

    /** Names all that PG* variables in the server's environment could change. */
    private String connectionString() {
        return "host=127.0.0.1 hostaddr=127.0.0.1 port=" + port() + " user=aws_lambda dbname=aws_lambda password="
                + password.reveal() + " sslmode=disable gssencmode=disable channel_binding=disable"
                + " target_session_attrs=any client_encoding=UTF8 options=''";
    }

    private void accept() {
        try {
            while (closed.getCount() > 0) {
                try {
                    serve(server.accept());
                } catch (IOException e) {
                    closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // no code does this
        }
    }

    private void serve(Socket socket) {
        EndpointSession session = new EndpointSession(socket, password, routing);
        sessions.add(session);
        daemon(
                () -> {
                    try (session) {
                        session.run();
                    } finally {
                        sessions.remove(session);
                    }
                },
                "aws_lambda session " + session.id());
        if (closed.getCount() == 0) {
            session.close();
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
