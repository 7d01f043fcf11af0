package dev.pglambda.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/** What the build has made and the stack uploads. */
public record Artifacts(List<FunctionFolder> functions, Path databaseLayer) {

    /** Checked. */
    public Artifacts {
        functions = List.copyOf(functions);
    }

    /** Those of a project folder: {@code handlers/*} and {@code target/src/database-layer.zip}. */
    public static Artifacts of(Path project) {
        return new Artifacts(
                FunctionFolder.in(project.resolve("handlers")), project.resolve("target/src/database-layer.zip"));
    }

    /** What SQL calls. */
    List<FunctionFolder> callable() {
        return functions.stream().filter(FunctionFolder::callable).toList();
    }

    FunctionFolder setup() {
        return named(
                FunctionFolder.SETUP,
                "no function " + FunctionFolder.SETUP + ": without it, nothing installs the bundle");
    }

    FunctionFolder monitor() {
        return named(
                FunctionFolder.MONITOR,
                "no function " + FunctionFolder.MONITOR
                        + ": without it, nobody learns of calls that are not delivered");
    }

    private FunctionFolder named(String name, String otherwise) {
        return functions.stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(otherwise));
    }
}
