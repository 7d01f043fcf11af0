package dev.pglambda.zips;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.io.IOException;
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
        FunctionFolder folder = FunctionFolder.of(HANDLERS.resolve("transform"));
        return new ZipFunction(folder.description(), folder.zip(), List.of(), Map.of());
    }

    /** The event that the function's description gives as an example. */
    static String example(ZipFunction function) {
        return function.description().exampleEvent().orElseThrow();
    }
}
