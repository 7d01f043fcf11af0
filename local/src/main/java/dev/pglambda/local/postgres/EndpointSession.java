package dev.pglambda.local.postgres;

import dev.pglambda.local.lambda.InvokeApi;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One connection to the {@link AwsLambdaEndpoint}: the backend's side of PostgreSQL's wire protocol 3.0, as much of it
 * as libpq needs to log in with a password and to send simple queries. A query is a {@link LambdaCall}.
 *
 * <p>{@link #run} belongs to one thread; {@link #cancel} and {@link #close} may be called from any. Whatever a client
 * sends ends at worst its own connection.
 */
final class EndpointSession implements AutoCloseable {

    /** Receives CancelRequests, which come over connections of their own. */
    interface Canceller {
        void cancel(int sessionId, int key);
    }

    private static final AtomicInteger NEXT_ID = new AtomicInteger(1);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LOGIN_TIMEOUT_MS = 10_000;

    private final int id = NEXT_ID.getAndIncrement();
    private final int cancelKey = RANDOM.nextInt();
    private final Socket socket;
    private final Secret password;
    private final Function<String, InvokeApi> routing;
    private final Canceller canceller;
    private volatile CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    EndpointSession(Socket socket, Secret password, Function<String, InvokeApi> routing, Canceller canceller) {
        this.socket = socket;
        this.password = password;
        this.routing = routing;
        this.canceller = canceller;
    }

    int id() {
        return id;
    }

    void cancel(int key) {
        if (key == cancelKey) {
            running.cancel(false);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody is left to tell.
        }
    }

    void run() {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LOGIN_TIMEOUT_MS);
            FrontendReader in = new FrontendReader(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            BackendWriter out = new BackendWriter(socket.getOutputStream());
            if (login(in, out)) {
                socket.setSoTimeout(0);
                serve(in, out);
            }
        } catch (IOException e) {
            // The client is gone or does not speak the protocol: the connection ends.
        }
    }

    private boolean login(FrontendReader in, BackendWriter out) throws IOException {
        Startup startup = in.startup();
        while (startup.wantsEncryption()) {
            out.refuseEncryption();
            startup = in.startup();
        }
        if (startup.isCancel()) {
            canceller.cancel(startup.sessionId(), startup.cancelKey());
            return false;
        }
        if (!startup.isVersion3()) {
            out.error("FATAL", "0A000", "only version 3 of the protocol is spoken here");
            return false;
        }
        out.askForPassword();
        if (!password.matches(in.password())) {
            out.error("FATAL", "28P01", "password authentication failed for the endpoint of aws_lambda");
            return false;
        }
        out.welcome(id, cancelKey);
        return true;
    }

    private void serve(FrontendReader in, BackendWriter out) throws IOException {
        while (true) {
            Message message = in.message();
            switch (message.type()) {
                case 'Q' -> answer(message, in, out);
                case 'X' -> {
                    return;
                }
                default -> out.errorAndReady("08P01", "only simple queries are understood here");
            }
        }
    }

    private void answer(Message query, FrontendReader in, BackendWriter out) throws IOException {
        try {
            out.answer(call(query, in));
        } catch (CallFailure e) {
            out.answer(e);
        } catch (CancellationException e) {
            out.errorAndReady("57014", "canceling statement due to user request");
        }
    }

    private LambdaAnswer call(Message query, FrontendReader in) throws IOException {
        if (query.tooLarge()) {
            throw CallFailure.requestTooLarge();
        }
        LambdaCall call = LambdaCall.parse(query.text());
        PendingCall pending = PendingCall.start(call, routing);
        running = pending.future();
        return pending.await(() -> in.requireOpen(socket));
    }
}
