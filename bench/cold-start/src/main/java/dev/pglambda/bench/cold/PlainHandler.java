package dev.pglambda.bench.cold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A peer with AWS's core library only: does the work of {@code transform}, without checks and without a framework.
 */
public final class PlainHandler implements RequestHandler<Map<String, Map<String, Object>>, Map<String, Object>> {

    /** By Lambda's runtime. */
    public PlainHandler() {}

    @Override
    public Map<String, Object> handleRequest(Map<String, Map<String, Object>> request, Context context) {
        Map<String, Object> item = new LinkedHashMap<>(request.get("data"));
        item.put("transformed", true);
        item.put("uppercase", item.get("value").toString().toUpperCase(Locale.ROOT));
        item.put("timestamp", Instant.now().toString());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "success");
        result.put("message", "Data transformed successfully");
        result.put("transformedData", item);
        return Map.of("result", result);
    }
}
