package dev.pglambda.local.lambda.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters behind the question mark of a URL. Of parameters with the same name, the last counts. */
record HttpQuery(Map<String, String> parameters) {

    static HttpQuery of(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
            }
        }
        return new HttpQuery(parameters);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    Optional<Integer> number(String name, int min, int max) {
        return value(name).map(text -> {
            if (text.matches("\\d{1,6}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
                return Integer.parseInt(text);
            }
            throw invalid(name + " must be a number from " + min + " to " + max + ", not '" + text + "'");
        });
    }

    /** Of a part of a path, in which a plus stands for itself. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("'" + text + "' is not URL-encoded");
        }
    }

    static LambdaApiException invalid(String message) {
        return new LambdaApiException("InvalidParameterValueException", 400, message);
    }
}
