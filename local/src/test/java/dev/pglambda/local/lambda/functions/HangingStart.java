package dev.pglambda.local.lambda.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A function whose constructor does not return if the file of its environment variable exists. */
public final class HangingStart implements RequestStreamHandler {

    public HangingStart() throws InterruptedException {
        if (Files.exists(Path.of(System.getenv("HANG_IF_THERE")))) {
            System.out.println("pid " + ProcessHandle.current().pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        output.write("\"up\"".getBytes(StandardCharsets.UTF_8));
    }
}
