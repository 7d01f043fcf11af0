package dev.pglambda.infra;

import dev.pglambda.function.FunctionFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The results of the build that the stack uploads. */
public record Artifacts(List<FunctionFolder> functions, Path databaseLayer) {

    /** The function that measures the outbox. */
    private static final String MONITOR = "monitor";

    public Artifacts {
        functions = List.copyOf(functions);
    }

    /**
     * The artifacts of a project folder: {@code handlers/*} and {@code target/src/database-layer.zip}.
     *
     * @throws IllegalArgumentException if a description has mistakes, or a zip has not been built
     */
    public static Artifacts of(Path project) {
        try {
            return new Artifacts(
                    FunctionFolder.in(project.resolve("handlers")), project.resolve("target/src/database-layer.zip"));
        } catch (IOException e) {
            throw new UncheckedIOException(project + " cannot be read", e);
        }
    }

    /** The functions that SQL calls. */
    public List<FunctionFolder> callable() {
        return functions.stream()
                .filter(function -> function.description().callable())
                .toList();
    }

    FunctionFolder installer() {
        return only(
                function -> function.description().installer(),
                "one function must have \"installer\": true in its function.json, to install the bundle");
    }

    FunctionFolder monitor() {
        return only(
                function -> function.name().equals(MONITOR),
                "there must be a function " + MONITOR + ": it raises the alarm when durable calls are not delivered");
    }

    private FunctionFolder only(Predicate<FunctionFolder> condition, String otherwise) {
        List<FunctionFolder> found = functions.stream().filter(condition).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(otherwise);
        }
        return found.get(0);
    }
}
