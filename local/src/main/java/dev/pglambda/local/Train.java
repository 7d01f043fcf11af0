package dev.pglambda.local;

import dev.pglambda.local.lambda.Jvm;
import dev.pglambda.local.lambda.Training;
import dev.pglambda.local.lambda.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command {@code bin/aot-cache}: trains one function of {@code handlers/} for the JVM that it runs on. */
public final class Train {

    private Train() {}

    /** Takes the function's name. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path handlers = Path.of("handlers");
        ZipFunction function = Handlers.in(handlers).stream()
                .filter(candidate -> candidate.definition().name().equals(arguments[0]))
                .findFirst()
                .orElseThrow(() -> new PlatformException("no function " + arguments[0] + " in " + handlers));
        String example = Files.readString(handlers.resolve(arguments[0]).resolve("example.json"));
        Path cache = Training.train(function, Jvm.running(), example);
        System.out.printf("%s (%d MB)%n", cache, Files.size(cache) >> 20);
    }
}
