package dev.pglambda.bundle.kit;

import dev.pglambda.local.lambda.api.InvokeReply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A function that returns its item character by character, so that no parser can change a value. */
public final class EchoedItem implements Function<String, CompletableFuture<InvokeReply>> {

    private static final String DATA = "\"data\" : ";

    @Override
    public CompletableFuture<InvokeReply> apply(String request) {
        return FakeLambda.reply("{\"result\": " + item(request) + "}");
    }

    /** The item of a request without options: the last member, and no text before it can contain its name in quotes. */
    public static String item(String request) {
        return request.substring(request.indexOf(DATA) + DATA.length(), request.length() - 1)
                .stripTrailing();
    }
}
