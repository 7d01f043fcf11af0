package dev.pglambda.monitor;

import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.EventHandler;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;

/**
 * Function {@code monitor}: measures the outbox, whatever the event is, and returns how many lines of metrics it has
 * printed. A failure is thrown, and nothing is printed: the alarm of the stack notices the missing metrics.
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

    /** Prints to standard output: a logger would wrap the lines, and CloudWatch would see no metrics in them. */
    @Override
    public Printed handle(JsonNode event, Deadline deadline) {
        var measured = outbox.measure(deadline);
        System.out.print(lines.of(measured));
        return new Printed(measured.size());
    }
}
