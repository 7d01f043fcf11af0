package dev.pglambda.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A function whose start has been rehearsed: its code as files at a place that stays, since a cache holds for one class path
 * only, and the cache that the rehearsal left beside the zip. Made by {@link Training}; the JVM itself checks the rest, and
 * starts without the cache where it does not fit.
 *
 * @param directory holds {@code code} (the zip and the layers) and {@code runtime} (Lambda's part)
 * @param jars the whole class path, in {@code directory}
 */
record Trained(Path directory, PlatformJars jars, List<String> flags) {

    private static final String STAMP = "built-from";

    /** Where the training of this zip keeps its files. */
    static Path directory(ZipFunction function) {
        return function.zip().toAbsolutePath().resolveSibling("trained");
    }

    /** The cache of that kind of JVM for this zip. */
    static Path cache(ZipFunction function, Jvm jvm) {
        String name = function.definition().name() + (jvm.hasAotCache() ? ".aot" : ".jsa");
        return function.zip().toAbsolutePath().resolveSibling(name);
    }

    /** What there is for exactly these bytes of zip and layers. Reads them only where something has been trained. */
    static Optional<Trained> of(ZipFunction function, Jvm jvm) throws IOException {
        Path directory = directory(function);
        Path cache = cache(function, jvm);
        if (!Files.isReadable(cache) || !isUnpacked(directory, function)) {
            return Optional.empty();
        }
        return Optional.of(new Trained(directory, jars(directory), List.of(flag(cache, jvm), quiet(jvm))));
    }

    static boolean isUnpacked(Path directory, ZipFunction function) throws IOException {
        Path stamp = directory.resolve(STAMP);
        return Files.isReadable(stamp) && Files.readString(stamp).equals(stamp(function));
    }

    static void markUnpacked(Path directory, ZipFunction function, List<Path> classPath) throws IOException {
        Files.write(
                directory.resolve("classpath"),
                classPath.stream().map(Path::toString).toList());
        Files.writeString(directory.resolve(STAMP), stamp(function));
    }

    static PlatformJars jars(Path directory) throws IOException {
        List<Path> classPath = Files.readAllLines(directory.resolve("classpath")).stream()
                .map(Path::of)
                .toList();
        Optional<Path> library =
                Optional.of(directory.resolve("runtime/libaws-lambda-jni.so")).filter(Files::exists);
        return new PlatformJars(classPath, library);
    }

    private static String flag(Path cache, Jvm jvm) {
        return (jvm.hasAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache;
    }

    /** A cache of another JVM is no news for the function's log. */
    private static String quiet(Jvm jvm) {
        return jvm.hasAotCache() ? "-Xlog:aot=off,cds=off" : "-Xlog:cds=off";
    }

    private static String stamp(ZipFunction function) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : Stream.concat(Stream.of(function.zip()), function.layers().stream())
                    .toList()) {
                try (InputStream source = new DigestInputStream(Files.newInputStream(file), digest)) {
                    source.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
