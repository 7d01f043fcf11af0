package dev.pglambda.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;

/**
 * The main class of a function's process: AWS's runtime client, in a process that never outlives the platform.
 *
 * <p>Runs alone, from a jar of its own, so it must not use any other class of ours. Standard input is a pipe that only
 * the platform holds: it ends when the platform does, even by SIGKILL, and then this process goes too, whatever the
 * handler is doing.
 */
public final class RuntimeLauncher {

    private RuntimeLauncher() {}

    public static void main(String[] args) {
        InputStream platform = System.in;
        System.setIn(InputStream.nullInputStream()); // what a handler reads on Lambda
        Thread watch = new Thread(() -> endWith(platform), "platform-watch");
        watch.setDaemon(true);
        watch.start();
        int status = 1;
        try {
            // Returns only when an error such as OutOfMemoryError has made the process unfit for more calls.
            AWSLambda.main(args);
        } catch (Throwable failure) {
            failure.printStackTrace();
        } finally {
            // Not exit: threads and shutdown hooks of the handler get no time on Lambda either.
            Runtime.getRuntime().halt(status);
        }
    }

    private static void endWith(InputStream platform) {
        try {
            while (platform.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException e) {
            // a broken pipe says the same as a closed one
        } finally {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(1);
        }
    }
}
