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
        return functions.stream().filter(function -> !function.isSetup()).toList();
    }

    FunctionFolder setup() {
        return functions.stream()
                .filter(FunctionFolder::isSetup)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(
                        "no function " + FunctionFolder.SETUP + ": without it, nothing installs the bundle"));
    }
}
