package dev.pglambda.function;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function as {@code function.json} describes it: one component for each member. Always valid, immutable.
 *
 * @param name for SQL; also the name of the zip and of the database user
 * @param handler the class that Lambda loads: a name, with {@code ::method} if it implements none of Lambda's
 *     interfaces; {@value #DEFAULT_HANDLER} by default
 * @param memoryMb Lambda's memory limit
 * @param timeoutSeconds Lambda's time limit for a call
 * @param database whether the function connects to the database; it then gets the database layer, a user and its secret
 * @param roles database roles that are granted to the function's user
 * @param installer whether the function installs the bundle; it then connects as the database's administrator
 * @param callable whether SQL may call it, which needs a function that follows the call contract; true by default
 * @param maxConcurrency how many calls may run at the same time, if the function has a limit of its own
 * @param sql signatures of the function's typed wrappers, such as {@code price(value text) returns numeric}
 * @param example JSON text to try the function with: an item, or the whole event of a function that SQL may not call
 */
public record FunctionDescription(
        String name,
        String handler,
        String description,
        int memoryMb,
        int timeoutSeconds,
        boolean database,
        List<String> roles,
        boolean installer,
        boolean callable,
        OptionalInt maxConcurrency,
        List<String> sql,
        Optional<String> example) {

    /** The entry class of the library, which finds the handler bean. */
    public static final String DEFAULT_HANDLER = "dev.pglambda.lambda.LambdaFunction";

    /** Throws {@link IllegalArgumentException} that names every mistake. */
    public FunctionDescription {
        Objects.requireNonNull(name);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(description);
        Objects.requireNonNull(maxConcurrency);
        Objects.requireNonNull(example);
        roles = List.copyOf(roles);
        sql = List.copyOf(sql);
        DescriptionErrors errors = new DescriptionErrors();
        errors.addUnless(
                name.matches("[A-Za-z0-9_-]{1,64}"),
                "name must be 1 to 64 letters, digits, - or _, not '" + name + "'");
        errors.addUnless(
                handler.matches("\\S{1,128}"),
                "handler must be a class name of 1 to 128 characters, not '" + handler + "'");
        errors.addUnless(
                description.length() <= 256,
                "description must have at most 256 characters, not " + description.length());
        errors.addUnlessWithin("memoryMb", memoryMb, 128, 10_240);
        errors.addUnlessWithin("timeoutSeconds", timeoutSeconds, 1, 900);
        maxConcurrency.ifPresent(calls -> errors.addUnlessWithin("maxConcurrency", calls, 1, 100_000));
        errors.addUnless(database || roles.isEmpty(), "roles are for a function with \"database\": true");
        errors.addUnless(callable || sql.isEmpty(), "sql is for a function that SQL may call");
        errors.addUnless(
                !installer || database && !callable,
                "installer is for a function with \"database\": true and \"callable\": false");
        errors.throwIfAny();
    }

    /** A function that SQL may call, without a database, with 512 MB and 10 s. */
    public static FunctionDescription of(String name, String handler) {
        return new FunctionDescription(
                name,
                handler,
                "",
                512,
                10,
                false,
                List.of(),
                false,
                true,
                OptionalInt.empty(),
                List.of(),
                Optional.empty());
    }

    /**
     * Reads {@code function.json}.
     *
     * @throws IllegalArgumentException if something in the file is wrong; the message names the file and every mistake
     * @throws IOException if the file cannot be read
     */
    public static FunctionDescription read(Path file) throws IOException {
        return DescriptionReader.read(file);
    }

    /** The same function with other limits. */
    public FunctionDescription withLimits(int memoryMb, int timeoutSeconds) {
        return new FunctionDescription(
                name,
                handler,
                description,
                memoryMb,
                timeoutSeconds,
                database,
                roles,
                installer,
                callable,
                maxConcurrency,
                sql,
                example);
    }

    /** The same function with a database and these roles. */
    public FunctionDescription withDatabase(String... roles) {
        return new FunctionDescription(
                name,
                handler,
                description,
                memoryMb,
                timeoutSeconds,
                true,
                List.of(roles),
                installer,
                callable,
                maxConcurrency,
                sql,
                example);
    }

    public Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** The event to try the function with, if the description has an example. */
    public Optional<String> exampleEvent() {
        return callable ? example.map(item -> "{\"data\":" + item + "}") : example;
    }
}
