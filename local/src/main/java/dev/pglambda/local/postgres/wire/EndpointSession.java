package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.Payloads;
import dev.pglambda.local.postgres.Password;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One connection to the {@link AwsLambdaEndpoint}: the backend's side of PostgreSQL's wire protocol 3.0, the part
 * that libpq needs to log in with a password and to send simple queries. A query is a {@link LambdaCall}.
 *
 * <p>{@link #run} belongs to one thread; {@link #close} may be called from any. The thread that completes a call writes
 * the answer. A client that breaks the protocol ends its own connection only.
 */
final class EndpointSession implements AutoCloseable {

    private static final AtomicInteger NEXT_ID = new AtomicInteger(1);
    private static final int LOGIN_TIMEOUT_MS = 10_000;
    /** More than what the buffers of a loopback connection surely take. */
    private static final int LARGE_REPLY = 65_536;

    private static final byte[] NOTHING = {};

    private final int id = NEXT_ID.getAndIncrement();
    private final Socket socket;
    private final Password password;
    private final Function<String, InvokeApi> routing;
    /** Gives up on the pending call, if it has no reply yet. */
    private volatile Runnable timeOut = () -> {};

    private volatile CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);

    EndpointSession(Socket socket, Password password, Function<String, InvokeApi> routing) {
        this.socket = socket;
        this.password = password;
        this.routing = routing;
    }

    int id() {
        return id;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is closed all the same.
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
        int startup = in.startup();
        while (startup == FrontendReader.SSL_REQUEST || startup == FrontendReader.GSS_REQUEST) {
            out.refuseEncryption();
            startup = in.startup();
        }
        if (startup != FrontendReader.VERSION_3) {
            out.error("FATAL", "0A000", "only version 3 of the protocol is spoken here");
            return false;
        }
        out.askForPassword();
        if (!password.matches(in.password())) {
            out.error("FATAL", "28P01", "password authentication failed for the endpoint of aws_lambda");
            return false;
        }
        out.welcome();
        return true;
    }

    private void serve(FrontendReader in, BackendWriter out) throws IOException {
        while (true) {
            FrontendReader.Message message = next(in);
            switch (message.type()) {
                case 'Q' -> answer(message, out);
                case 'X' -> {
                    return;
                }
                default -> out.errorAndReady("08P01", "only simple queries are understood here");
            }
        }
    }

    /**
     * The next message. While a call is pending, a correct client sends none, so the wait for a message is also the
     * wait for the call's time-out. A Terminate message does not wait for the pending answer.
     */
    private FrontendReader.Message next(FrontendReader in) throws IOException {
        while (!in.awaitMessage()) {
            timeOut.run();
            socket.setSoTimeout(0);
        }
        socket.setSoTimeout(0); // a time-out in the middle of a message would lose the place in it
        FrontendReader.Message message = in.message();
        if (message.type() != 'X') {
            answered.join();
        }
        return message;
    }

    /** Returns before the answer: the thread that completes the call writes it, which saves waking this one. */
    private void answer(FrontendReader.Message query, BackendWriter out) throws IOException {
        try {
            if (query.tooLarge()) {
                throw CallFailure.refused(Payloads.tooLarge(Payloads.SYNCHRONOUS_LIMIT));
            }
            LambdaCall call = LambdaCall.parse(query.text());
            CompletableFuture<InvokeReply> pending = call.start(routing);
            timeOut = () -> pending.completeExceptionally(CallFailure.timedOut(call.requestTimeout()));
            socket.setSoTimeout((int) call.requestTimeout().toMillis());
            answered = pending.handle((reply, failure) -> {
                deliver(reply, failure, out);
                return null;
            });
        } catch (RuntimeException e) { // nearly always a CallFailure
            out.answer(CallFailure.of(e));
        }
    }

    /**
     * A large reply from a thread of its own: the current one serves the function, and must not wait for the backend.
     */
    private void deliver(InvokeReply reply, Throwable failure, BackendWriter out) {
        boolean large = reply != null && reply.payload().orElse(NOTHING).length > LARGE_REPLY;
        if (large) {
            Thread thread = new Thread(() -> write(reply, failure, out), "aws_lambda answer " + id);
            thread.setDaemon(true);
            thread.start();
        } else {
            write(reply, failure, out);
        }
    }

    private static void write(InvokeReply reply, Throwable failure, BackendWriter out) {
        try {
            Optional<CallFailure> error =
                    failure == null ? CallFailure.in(reply) : Optional.of(CallFailure.of(failure));
            if (error.isPresent()) {
                out.answer(error.get());
            } else {
                out.answer(reply);
            }
        } catch (IOException e) {
            // The client did not wait for its answer.
        }
    }
}
