package dev.pglambda.local.lambda.code;

import dev.pglambda.function.FunctionDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A function that runs from a zip, as deployed to AWS.
 *
 * @param zip classes at the root and jars in {@code lib/}
 * @param layers zips with jars in {@code java/lib/}
 * @param environment variables in addition to those that Lambda itself sets
 */
public record ZipFunction(
        FunctionDescription description, Path zip, List<Path> layers, Map<String, String> environment) {

    public ZipFunction {
        Objects.requireNonNull(description);
        Objects.requireNonNull(zip);
        layers = List.copyOf(layers);
        environment = Map.copyOf(environment);
    }

    public String name() {
        return description.name();
    }

    /** Without the values of variables, which may be credentials. */
    @Override
    public String toString() {
        return "ZipFunction[" + name() + ", zip=" + zip + ", layers=" + layers + ", environment=" + environment.keySet()
                + "]";
    }
}
