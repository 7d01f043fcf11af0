package dev.pglambda.monitor;

import io.micronaut.context.annotation.Value;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes measurements in CloudWatch's embedded metric format: a line of JSON for each, from which CloudWatch Logs makes
 * the metrics. So the function needs neither a right for CloudWatch nor an endpoint of it. Thread-safe.
 */
@Singleton
class MetricLines {

    private final String namespace;
    private final ObjectMapper json;

    MetricLines(@Value("${metrics.namespace:pglambda}") String namespace, ObjectMapper json) {
        this.namespace = namespace;
        this.json = json;
    }

    /** The lines, with the current time as that of the measurements. */
    String of(List<Measurement> measurements) {
        long now = Instant.now().toEpochMilli();
        return measurements.stream().map(measurement -> line(measurement, now)).collect(Collectors.joining());
    }

    private String line(Measurement measurement, long now) {
        return """
                {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":%s,"Dimensions":[["%s"]],"Metrics":[\
                {"Name":"OldestSeconds","Unit":"Seconds"},{"Name":"Waiting","Unit":"Count"},\
                {"Name":"Running","Unit":"Count"},{"Name":"Dead","Unit":"Count"}]}]},\
                "%s":%s,"OldestSeconds":%d,"Waiting":%d,"Running":%d,"Dead":%d}
                """.formatted(
                        now,
                        quoted(namespace),
                        measurement.dimension(),
                        measurement.dimension(),
                        quoted(measurement.name()),
                        measurement.oldestSeconds(),
                        measurement.items().waiting(),
                        measurement.items().running(),
                        measurement.items().dead());
    }

    private String quoted(String text) {
        try {
            return json.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("text is always writable", e);
        }
    }
}
