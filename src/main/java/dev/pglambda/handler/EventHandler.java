package dev.pglambda.handler;

/**
 * Handles an event of AWS, such as a CloudFormation custom resource or a schedule, in a function that PostgreSQL does
 * not call. An application has one bean of this type, or one {@link Handler}. An exception fails the invocation.
 *
 * @param <E> the event: {@link io.micronaut.json.tree.JsonNode} or a type for Micronaut Serde
 * @param <R> the result: a type for Micronaut Serde
 */
@FunctionalInterface
public interface EventHandler<E, R> {

    /**
     * Handles one event.
     *
     * @param deadline two seconds before Lambda ends the invocation, so that a failure can still be reported
     */
    R handle(E event, Deadline deadline);
}
