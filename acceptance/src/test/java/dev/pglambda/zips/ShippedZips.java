package dev.pglambda.zips;

import dev.pglambda.local.lambda.FunctionDefinition;
import dev.pglambda.local.lambda.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The functions of this checkout, as the build has packed them. */
final class ShippedZips {

    private static final Path ROOT = Path.of(System.getProperty("user.dir")).getParent();

    private ShippedZips() {}

    static List<ZipFunction> all() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("handlers"))) {
            return folders.map(folder -> folder.resolve("function.json"))
                    .filter(Files::exists)
                    .sorted()
                    .map(ShippedZips::function)
                    .toList();
        }
    }

    static ZipFunction named(String name) throws IOException {
        return all().stream()
                .filter(function -> function.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The call that the function's folder gives as an example. */
    static String example(ZipFunction function) throws IOException {
        return Files.readString(function.zip().resolveSibling("../example.json").normalize());
    }

    private static ZipFunction function(Path description) {
        try {
            FunctionDefinition definition = FunctionDefinition.read(description);
            Path zip = description.resolveSibling("target/" + definition.name() + ".zip");
            Path layer = ROOT.resolve("target/src/database-layer.zip");
            return new ZipFunction(definition, zip, definition.database() ? List.of(layer) : List.of(), Map.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
