package dev.pglambda.local.postgres;

import dev.pglambda.local.lambda.InvokeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Where the {@code aws_lambda} extension of a {@link LocalPostgres} sends its calls: a small server on 127.0.0.1 that
 * speaks PostgreSQL's wire protocol, because dblink is the one client that every PostgreSQL session has at hand.
 *
 * <p>Every session of the database has its own connection and its own thread here, so a slow function blocks nobody
 * else. The sessions find the endpoint through a file in the server's data directory, so an endpoint may be closed and
 * another opened while they live; each call looks again.
 *
 * <p>Thread-safe. A call costs about 20 µs on top of what {@link InvokeApi} takes.
 */
public final class AwsLambdaEndpoint implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ServerSocket server;
    private final Path connectionFile;
    private final Secret password = Secret.random();
    private final Function<String, InvokeApi> routing;
    private final Map<Integer, EndpointSession> sessions = new ConcurrentHashMap<>();

    private AwsLambdaEndpoint(ServerSocket server, Path connectionFile, Function<String, InvokeApi> routing) {
        this.server = server;
        this.connectionFile = connectionFile;
        this.routing = routing;
    }

    /**
     * Opens the endpoint of a running server, in place of one that was open before.
     *
     * @param routing from the name of a session's database to the Lambda that it calls; null when it has none
     */
    public static AwsLambdaEndpoint open(LocalPostgres postgres, Function<String, InvokeApi> routing) {
        Objects.requireNonNull(routing);
        try {
            ServerSocket server = new ServerSocket(0, 512, LOOPBACK);
            AwsLambdaEndpoint endpoint =
                    new AwsLambdaEndpoint(server, postgres.dataDirectory().resolve("aws_lambda_endpoint"), routing);
            endpoint.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the endpoint of aws_lambda on 127.0.0.1", e);
        }
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** Ends all connections; calls that wait fail, their functions go on. */
    @Override
    public void close() {
        try {
            server.close();
            sessions.values().forEach(EndpointSession::close);
            if (Files.exists(connectionFile) && Files.readString(connectionFile).equals(connectionString())) {
                Files.delete(connectionFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the endpoint of aws_lambda", e);
        }
    }

    private void start() throws IOException {
        daemon(this::accept, "aws_lambda endpoint");
        AtomicFile.write(connectionFile, connectionString());
    }

    /** Spells out whatever PG* variables in the server's environment could change. */
    private String connectionString() {
        return "host=127.0.0.1 hostaddr=127.0.0.1 port=" + port() + " user=aws_lambda dbname=aws_lambda password="
                + password.reveal() + " sslmode=disable gssencmode=disable channel_binding=disable"
                + " target_session_attrs=any client_encoding=UTF8 options=''";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                // Closed, or one connection that broke before it began: the loop's condition tells.
            }
        }
    }

    private void serve(Socket socket) {
        EndpointSession session = new EndpointSession(socket, password, routing, this::cancel);
        sessions.put(session.id(), session);
        daemon(
                () -> {
                    try (session) {
                        session.run();
                    } finally {
                        sessions.remove(session.id());
                    }
                },
                "aws_lambda session " + session.id());
        if (server.isClosed()) {
            session.close();
        }
    }

    private void cancel(int sessionId, int key) {
        EndpointSession session = sessions.get(sessionId);
        if (session != null) {
            session.cancel(key);
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
