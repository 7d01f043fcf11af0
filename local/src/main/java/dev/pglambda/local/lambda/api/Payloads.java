package dev.pglambda.local.lambda.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Lambda checks before it runs a function: sizes, and that event and client context are JSON. */
public final class Payloads {

    /** 6 MiB and 100 bytes, for requests and replies of synchronous calls. */
    public static final int SYNCHRONOUS_LIMIT = 6_291_556;

    private static final int EVENT_LIMIT = 1_048_576;
    private static final int CLIENT_CONTEXT_LIMIT = 3583;
    private static final byte[] EMPTY_EVENT = {'{', '}'};
    private static final String NO_CLIENT_CONTEXT = "Client context must be a valid Base64-encoded JSON object";

    /**
     * Long numbers and names are the function's affair; the depth has a limit, because every level costs memory here.
     */
    private static final JsonFactory EVENTS = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // events are UTF-8
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(SYNCHRONOUS_LIMIT)
                    .maxNameLength(SYNCHRONOUS_LIMIT)
                    .build())
            .build();

    /** The runtime API carries the context in a header, which holds neither line ends nor other text than ASCII. */
    private static final JSON ASCII = JSON.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private Payloads() {}

    /** The event as the function gets it; {@link LambdaApiException} if it is too large or not one JSON value. */
    public static byte[] event(InvokeRequest request) {
        byte[] payload = request.payload();
        int limit = request.invocationType() == InvocationType.EVENT ? EVENT_LIMIT : SYNCHRONOUS_LIMIT;
        if (payload.length > limit) {
            throw tooLarge(limit);
        }
        if (payload.length == 0) {
            return EMPTY_EVENT;
        }
        requireJson(payload);
        return payload;
    }

    /** The refusal of a request over the limit. */
    public static LambdaApiException tooLarge(int limit) {
        return new LambdaApiException(
                "RequestTooLargeException",
                413,
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }

    /** The ClientContext as one line of ASCII; {@link LambdaApiException} if it is too long or no JSON object. */
    public static Optional<String> clientContext(InvokeRequest request) {
        return request.clientContext().map(Payloads::decodeClientContext);
    }

    private static String decodeClientContext(String base64) {
        if (base64.length() > CLIENT_CONTEXT_LIMIT) {
            throw invalid("Client context must not be longer than " + CLIENT_CONTEXT_LIMIT + " bytes of base64: it has "
                    + base64.length());
        }
        try {
            Map<String, Object> context =
                    JsonObjects.required(ASCII.mapFrom(Base64.getDecoder().decode(base64)));
            for (String member : List.of("client", "custom", "env")) {
                if (!(context.getOrDefault(member, Map.of()) instanceof Map)) {
                    throw invalid(NO_CLIENT_CONTEXT + ": " + member + " must be an object");
                }
            }
            return ASCII.asString(context);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(NO_CLIENT_CONTEXT + ": " + e.getMessage());
        }
    }

    private static void requireJson(byte[] bytes) {
        try (JsonParser parser = EVENTS.createParser(bytes)) {
            requireOneValue(parser);
        } catch (IOException e) {
            throw unreadable(e.getMessage()); // only closing can do this, and memory does not fail
        }
    }

    private static void requireOneValue(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw unreadable("it is blank");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw unreadable("something follows the value at " + position(parser));
            }
        } catch (JsonProcessingException e) {
            throw unreadable(e.getOriginalMessage() + " at " + position(parser));
        }
    }

    private static String position(JsonParser parser) {
        return "line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
    }

    private static LambdaApiException unreadable(String reason) {
        return invalid("Could not parse request body into json: " + reason);
    }

    private static LambdaApiException invalid(String message) {
        return new LambdaApiException("InvalidRequestContentException", 400, message);
    }
}
