package dev.pglambda.monitor;

import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.EventHandler;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;

/**
 * Function {@code monitor}: measures the outbox whatever it is sent, and answers with how many lines of metrics it has
 * printed. What fails is thrown, and nothing is printed then: the alarm of the stack notices the missing metrics.
 */
@Singleton
class MonitorHandler implements EventHandler<JsonNode, MonitorHandler.Printed> {

    private final Outbox outbox;
    private final MetricLines lines;

    MonitorHandler(Outbox outbox, MetricLines lines) {
        this.outbox = outbox;
        this.lines = lines;
    }

    /** How many lines of metrics were printed. */
    @Serdeable
    record Printed(int lines) {}

    /** Straight to standard output: a logger would wrap the lines, and CloudWatch then sees no metrics in them. */
    @Override
    public Printed handle(JsonNode event, Deadline deadline) {
        var measured = outbox.measure(deadline);
        System.out.print(lines.of(measured));
        return new Printed(measured.size());
    }
}
