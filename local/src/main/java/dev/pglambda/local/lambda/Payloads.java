package dev.pglambda.local.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

/** What Lambda checks before it runs a function: sizes, and that the event is JSON. */
final class Payloads {

    /** 6 MiB and 100 bytes, for requests and replies of synchronous calls. */
    static final int SYNCHRONOUS_LIMIT = 6_291_556;

    static final int EVENT_LIMIT = 1_048_576;
    private static final int CLIENT_CONTEXT_LIMIT = 3583;
    private static final byte[] EMPTY_EVENT = {'{', '}'};

    /**
     * Whether numbers are long or names many is the handler's to judge, so the parser's limits are lifted; only the
     * depth keeps one, because every level costs the platform memory.
     */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // events are UTF-8
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(SYNCHRONOUS_LIMIT)
                    .maxNameLength(SYNCHRONOUS_LIMIT)
                    .build())
            .build();

    private Payloads() {}

    /** The event as the function gets it. Refuses what is too large or not one JSON value. */
    static byte[] event(InvokeRequest request) {
        byte[] payload = request.payload();
        int limit = request.invocationType() == InvocationType.EVENT ? EVENT_LIMIT : SYNCHRONOUS_LIMIT;
        if (payload.length > limit) {
            throw tooLarge(limit);
        }
        if (payload.length == 0) {
            return EMPTY_EVENT;
        }
        requireJson(payload, "Could not parse request body into json");
        return payload;
    }

    static LambdaApiException tooLarge(int limit) {
        return new LambdaApiException(
                "RequestTooLargeException",
                413,
                "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }

    /** The ClientContext as JSON text, out of its base64. */
    static Optional<String> clientContext(InvokeRequest request) {
        return request.clientContext().map(Payloads::decodeClientContext);
    }

    private static String decodeClientContext(String base64) {
        if (base64.length() > CLIENT_CONTEXT_LIMIT) {
            throw invalid("Client context must not be longer than " + CLIENT_CONTEXT_LIMIT + " bytes of base64: it has "
                    + base64.length());
        }
        byte[] json;
        try {
            json = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid("Client context must be a valid Base64-encoded JSON object: " + e.getMessage());
        }
        requireJson(json, "Client context must be a valid Base64-encoded JSON object");
        return inOneAsciiLine(json);
    }

    /** The runtime API carries it in a header, which holds neither line ends nor other text than ASCII. */
    private static String inOneAsciiLine(byte[] json) {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(json);
                JsonGenerator generator = JSON.createGenerator(text)) {
            generator.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
            parser.nextToken();
            generator.copyCurrentStructure(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // was read once already
        }
        return text.toString();
    }

    private static void requireJson(byte[] bytes, String complaint) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            requireOneValue(parser, complaint);
        } catch (IOException e) {
            throw invalid(complaint + ": " + e.getMessage()); // only closing can do this, and memory does not fail
        }
    }

    private static void requireOneValue(JsonParser parser, String complaint) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw invalid(complaint + ": it is blank");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw invalid(complaint + ": something follows the value at " + position(parser));
            }
        } catch (JsonProcessingException e) {
            throw invalid(complaint + ": " + e.getOriginalMessage() + " at " + position(parser));
        }
    }

    private static String position(JsonParser parser) {
        return "line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
    }

    private static LambdaApiException invalid(String message) {
        return new LambdaApiException("InvalidRequestContentException", 400, message);
    }
}
