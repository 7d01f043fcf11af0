package dev.pglambda.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One folder of {@code handlers/}: what its function.json says, and where its zip is.
 *
 * @param name what SQL calls it
 * @param database whether it goes back to the database
 * @param callable whether SQL may call it, as all do that follow the call contract
 */
public record FunctionFolder(
        String name,
        String handler,
        String description,
        int memoryMb,
        int timeoutSeconds,
        boolean database,
        boolean callable,
        Path zip) {

    /** The function that installs the bundle. */
    static final String SETUP = "setup";

    /** The function that measures the outbox. */
    static final String MONITOR = "monitor";

    private static final String DESCRIPTION = "function.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checked. */
    public FunctionFolder {
        Objects.requireNonNull(name);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(description);
        Objects.requireNonNull(zip);
    }

    /**
     * Reads one folder.
     *
     * @throws IllegalArgumentException when function.json lacks something, or the zip is not built
     */
    public static FunctionFolder of(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        JsonNode json = read(file);
        String name = required(json, "name", file).asText();
        Path zip = folder.resolve("target").resolve(name + ".zip");
        if (!Files.isRegularFile(zip)) {
            throw new IllegalArgumentException(zip + " is not there: build it first, with ./mvnw -DskipTests package");
        }
        return new FunctionFolder(
                name,
                required(json, "handler", file).asText(),
                json.path("description").asText(),
                required(json, "memoryMb", file).asInt(),
                required(json, "timeoutSeconds", file).asInt(),
                required(json, "database", file).asBoolean(),
                json.path("callable").asBoolean(true),
                zip);
    }

    /** All folders with a function.json, by name. */
    public static List<FunctionFolder> in(Path handlers) {
        try (Stream<Path> folders = Files.list(handlers)) {
            return folders.filter(folder -> Files.exists(folder.resolve(DESCRIPTION)))
                    .sorted()
                    .map(FunctionFolder::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(handlers + " cannot be read", e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " is not readable JSON: " + e.getMessage(), e);
        }
    }

    private static JsonNode required(JsonNode json, String member, Path file) {
        if (!json.hasNonNull(member)) {
            throw new IllegalArgumentException(file + " lacks " + member);
        }
        return json.get(member);
    }
}
