package dev.pglambda.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;

/**
 * The main class of a function's process: AWS's runtime client, in a process that never outlives the platform.
 *
 * <p>Runs from a jar with {@link JavaRuntime} and {@link JavaRuntimeClient} only. Standard input is a pipe that the
 * platform holds: it ends when the platform does, even by SIGKILL, and then this process ends too, even in the middle
 * of a call.
 */
public final class RuntimeLauncher {

    /** AWS's property for the file with its client's native code. */
    static final String NATIVE_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private RuntimeLauncher() {}

    public static void main(String[] args) {
        InputStream platform = System.in;
        System.setIn(InputStream.nullInputStream()); // what a handler reads on Lambda
        Thread watch = new Thread(() -> endWith(platform), "platform-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            // Both return only when an error such as OutOfMemoryError has made the process unfit for more calls.
            if (System.getProperty(NATIVE_CLIENT) == null) {
                JavaRuntime.run(args[0]);
            } else {
                AWSLambda.main(args);
            }
        } catch (Throwable failure) {
            failure.printStackTrace();
        } finally {
            // Not exit: threads and shutdown hooks of the handler get no time on Lambda either.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void endWith(InputStream platform) {
        try {
            while (platform.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException e) {
            // A broken pipe means the same as a closed one.
        } finally {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().halt(1);
        }
    }
}
