package dev.pglambda.local;

import dev.pglambda.local.lambda.FunctionDefinition;
import dev.pglambda.local.lambda.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The functions of a {@code handlers/} folder: one for each {@code <name>/function.json}, with its zip. */
final class Handlers {

    private Handlers() {}

    /** All functions of the folder by name; {@link PlatformException} tells what is missing or wrong and what to do. */
    static List<ZipFunction> in(Path folder) {
        List<ZipFunction> functions = new ArrayList<>();
        for (Path file : descriptions(folder)) {
            functions.add(function(file));
        }
        if (functions.isEmpty()) {
            throw new PlatformException("no function in " + folder + ": expected <name>/function.json in it");
        }
        return functions;
    }

    private static List<Path> descriptions(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.resolve("function.json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PlatformException(
                    "cannot read the folder of the functions, " + folder + ": " + e.getMessage(), e);
        }
    }

    private static ZipFunction function(Path description) {
        try {
            FunctionDefinition definition = FunctionDefinition.read(description);
            Path zip = description.resolveSibling("target").resolve(definition.name() + ".zip");
            if (!Files.isReadable(zip)) {
                throw new PlatformException("cannot read " + zip + ": build it with ./mvnw package");
            }
            return new ZipFunction(definition, zip, layers(definition, description), Map.of());
        } catch (IOException | IllegalArgumentException e) {
            throw new PlatformException(e.getMessage(), e);
        }
    }

    /** A function that goes back to the database runs with the layer, as deployed. */
    private static List<Path> layers(FunctionDefinition definition, Path description) {
        if (!definition.database()) {
            return List.of();
        }
        Path layer =
                description.resolve("../../../target/src/database-layer.zip").normalize();
        if (!Files.isReadable(layer)) {
            throw new PlatformException("cannot read " + layer + ": build it with ./mvnw package");
        }
        return List.of(layer);
    }
}
