package dev.pglambda.local.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The description of a function, as in {@code handlers/<name>/function.json}.
 *
 * @param handler class name, with {@code ::method} if it does not implement one of Lambda's interfaces
 * @param memoryMb the process's memory; 85 % of it is the heap
 * @param timeoutSeconds after which a call is ended
 * @param database whether the function goes back to the database
 * @param callable whether SQL may call it, as all do that follow the call contract
 */
public record FunctionDefinition(
        String name,
        String handler,
        String description,
        int memoryMb,
        int timeoutSeconds,
        boolean database,
        boolean callable) {

    /** Throws {@link IllegalArgumentException} that names every mistake. */
    public FunctionDefinition {
        List<String> mistakes = new ArrayList<>();
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            mistakes.add("name must be 1 to 64 letters, digits, - or _, not '" + name + "'");
        }
        if (!handler.matches("\\S{1,128}")) {
            mistakes.add("handler must be a class name of 1 to 128 characters, not '" + handler + "'");
        }
        if (description.length() > 256) {
            mistakes.add("description must have at most 256 characters, not " + description.length());
        }
        if (memoryMb < 128 || memoryMb > 10_240) {
            mistakes.add("memoryMb must be 128 to 10240, not " + memoryMb);
        }
        if (timeoutSeconds < 1 || timeoutSeconds > 900) {
            mistakes.add("timeoutSeconds must be 1 to 900, not " + timeoutSeconds);
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /** One that SQL may call. */
    public FunctionDefinition(
            String name, String handler, String description, int memoryMb, int timeoutSeconds, boolean database) {
        this(name, handler, description, memoryMb, timeoutSeconds, database, true);
    }

    /** Reads {@code function.json}. A mistake is an {@link IllegalArgumentException} that names the file. */
    public static FunctionDefinition read(Path file) throws IOException {
        try {
            return FunctionJson.read(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }
}
