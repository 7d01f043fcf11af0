package dev.pglambda.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.pglambda.lambda.LambdaFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * The function process, of whose calls 5 % crash (one in five so that its process ends) and 2 % are too slow, half of
 * them before and half after the work is done. What happens to the n-th call is the same in every run; which call that
 * is, is not.
 */
public final class ChaoticProcess implements RequestStreamHandler {

    /** Names the file in which all environments count the calls. */
    static final String COUNTER = "CHAOS_COUNTER";

    /** Longer than the deliverers wait: they give up, and the work is done nevertheless. */
    private static final Duration TOO_LONG = Duration.ofSeconds(5);

    private static final int SEED = 20_260_102;

    private final RequestStreamHandler process = new LambdaFunction();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        int fate = new Random(SEED + nextCall()).nextInt(200);
        befall(fate);
        process.handleRequest(input, output, context);
        befall(fate - 100);
    }

    private static void befall(int fate) {
        if (fate == 0) {
            Runtime.getRuntime().halt(3);
        }
        if (fate >= 1 && fate < 5) {
            throw new IllegalStateException("chaos");
        }
        if (fate >= 5 && fate < 7) {
            LockSupport.parkNanos(TOO_LONG.toNanos());
        }
    }

    private static long nextCall() throws IOException {
        try (FileChannel file = FileChannel.open(
                        Path.of(System.getenv(COUNTER)),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            ByteBuffer count = ByteBuffer.allocate(Long.BYTES);
            file.read(count, 0);
            long next = count.getLong(0) + 1;
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(0, next), 0);
            return lock.isValid() ? next : 0;
        }
    }
}
