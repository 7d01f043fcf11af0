package dev.pglambda.local.lambda.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operation ListFunctions. A page has {@code MaxItems} functions; its marker is the number of the next one. */
final class FunctionList {

    /** Lambda's own limit for a page. */
    private static final int PAGE = 50;

    private FunctionList() {}

    static Map<String, Object> reply(List<FunctionConfiguration> latest, HttpQuery query) throws IOException {
        List<FunctionConfiguration> all =
                query.value("FunctionVersion").isPresent() ? allVersions(latest, query) : latest;
        int start = query.number("Marker", 0, all.size()).orElse(0);
        int end = Math.min(
                all.size(),
                start + Math.min(PAGE, query.number("MaxItems", 1, 10_000).orElse(PAGE)));
        List<Object> page = new ArrayList<>();
        for (FunctionConfiguration function : all.subList(start, end)) {
            page.add(function.members());
        }
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("Functions", page);
        if (end < all.size()) {
            reply.put("NextMarker", String.valueOf(end));
        }
        return reply;
    }

    private static List<FunctionConfiguration> allVersions(List<FunctionConfiguration> latest, HttpQuery query) {
        query.value("FunctionVersion").filter(version -> !version.equals("ALL")).ifPresent(version -> {
            throw HttpQuery.invalid("FunctionVersion must be ALL, not '" + version + "'");
        });
        return latest.stream()
                .flatMap(function -> Stream.of(
                        function,
                        new FunctionConfiguration(function.description(), FunctionArn.PUBLISHED, function.zip())))
                .toList();
    }
}
