package dev.pglambda.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with a {@code function.json} and the zip that the build has made from it.
 *
 * @param zip {@code target/<name>.zip} in the folder
 */
public record FunctionFolder(FunctionDescription description, Path zip) {

    /** The name of the file that describes a function. */
    public static final String FILE = "function.json";

    public FunctionFolder {
        Objects.requireNonNull(description);
        Objects.requireNonNull(zip);
    }

    public String name() {
        return description.name();
    }

    /**
     * Reads one folder.
     *
     * @throws IllegalArgumentException if the description has mistakes, or the zip has not been built
     * @throws IOException if the description cannot be read
     */
    public static FunctionFolder of(Path folder) throws IOException {
        FunctionDescription description = FunctionDescription.read(folder.resolve(FILE));
        Path zip = folder.resolve("target").resolve(description.name() + ".zip");
        if (!Files.isReadable(zip)) {
            throw new IllegalArgumentException(
                    "cannot read " + zip + ": build it first, with ./mvnw -DskipTests package");
        }
        return new FunctionFolder(description, zip);
    }

    /**
     * Reads all folders with a function in this one, in the order of the folders' names.
     *
     * @throws IllegalArgumentException as {@link #of}, and if two functions have the same name
     * @throws IOException if something cannot be read
     */
    public static List<FunctionFolder> in(Path parent) throws IOException {
        Set<String> names = new HashSet<>();
        List<FunctionFolder> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(parent)) {
            for (Path folder : children.filter(child -> Files.isRegularFile(child.resolve(FILE)))
                    .sorted()
                    .toList()) {
                FunctionFolder function = of(folder);
                if (!names.add(function.name())) {
                    throw new IllegalArgumentException(
                            folder.resolve(FILE) + ": another function has the name " + function.name());
                }
                found.add(function);
            }
        }
        return List.copyOf(found);
    }
}
