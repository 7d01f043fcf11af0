package dev.pglambda.local;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.lambda.LambdaFunction;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes a function zip of {@link MisbehavingHandler}: the libraries of a shipped one, and this module's test classes. */
final class MisbehavingFunction {

    private static final int MEMORY_MB = 256;
    private static final int TIMEOUT_SECONDS = 8;

    private MisbehavingFunction() {}

    static ZipFunction in(Path directory, Path shippedZip) throws IOException {
        Path zip = directory.resolve("misbehave.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                ZipFile shipped = new ZipFile(shippedZip.toFile())) {
            // Without the other function's handler, since a function has only one.
            for (ZipEntry entry : shipped.stream()
                    .filter(e -> !e.getName().startsWith("lib/transform-"))
                    .toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream content = shipped.getInputStream(entry)) {
                    content.transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry("lib/misbehave.jar"));
            out.write(jarOf(Path.of("target/test-classes")));
        }
        FunctionDescription description = FunctionDescription.of("misbehaving", LambdaFunction.class.getName())
                .withLimits(MEMORY_MB, TIMEOUT_SECONDS);
        return new ZipFunction(description, zip, List.of(), Map.of());
    }

    private static byte[] jarOf(Path classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.sorted().skip(1).toList()) {
                // With directories: Micronaut lists them to find the generated classes.
                boolean isDirectory = Files.isDirectory(file);
                jar.putNextEntry(new ZipEntry(classes.relativize(file) + (isDirectory ? "/" : "")));
                if (!isDirectory) {
                    Files.copy(file, jar);
                }
            }
        }
        return bytes.toByteArray();
    }
}
