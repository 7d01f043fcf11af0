package dev.pglambda.zips;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The functions of this checkout, as the build has packed them. */
final class ShippedZips {

    static final Path HANDLERS =
            Path.of(System.getProperty("user.dir")).resolveSibling("handlers").toAbsolutePath();

    private ShippedZips() {}

    /** One that needs no database. */
    static ZipFunction transform() throws IOException {
        Path folder = HANDLERS.resolve("transform");
        return new ZipFunction(
                FunctionDescription.read(folder.resolve("function.json")),
                folder.resolve("target/transform.zip"),
                List.of(),
                Map.of());
    }

    /** The call that the function's folder gives as an example. */
    static String example(ZipFunction function) throws IOException {
        return Files.readString(HANDLERS.resolve(function.definition().name()).resolve("example.json"));
    }
}
