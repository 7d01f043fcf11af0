package dev.pglambda.local.lambda.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** A function that cannot start. */
public final class FailingInit implements RequestStreamHandler {

    public FailingInit() {
        throw new IllegalStateException("not today");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
        throw new AssertionError("never reached");
    }
}
