package dev.pglambda.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rehearses the start of a function: runs its zip through real calls under AWS's runtime client, and has the JVM write
 * beside the zip what it loaded, linked and profiled: an ahead-of-time cache (JDK 25) or an archive of classes (17 and 21).
 */
public final class Training {

    private static final int CALLS = 50;

    private Training() {}

    /**
     * Trains for one JVM; takes a few seconds.
     *
     * @param payload what to call with: all of the first call's path should be in it
     * @return the cache
     */
    public static Path train(ZipFunction function, Jvm jvm, String payload) throws IOException, InterruptedException {
        Path directory = Trained.directory(function);
        if (!Trained.isUnpacked(directory, function)) {
            unpack(function, directory);
        }
        Path cache = Trained.cache(function, jvm);
        Files.deleteIfExists(cache);
        List<String> flags = List.of((jvm.hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
        Trained rehearsal = new Trained(directory, Trained.jars(directory), flags);
        try (Trial trial = start(function, UnpackedCode.trained(rehearsal), rehearsal.jars(), jvm)) {
            for (int i = 0; i < CALLS; i++) {
                trial.call(payload);
            }
            trial.end();
            if (!Files.isReadable(cache)) {
                throw new IOException("the JVM wrote no cache:\n" + trial.output());
            }
        }
        return cache;
    }

    /** Starts the function as it would be now: with its cache, where there is one that fits, or else without. */
    public static Trial start(ZipFunction function, Jvm jvm, Path workDirectory) throws IOException {
        Optional<Trained> trained = Trained.of(function, jvm);
        if (trained.isPresent()) {
            return start(
                    function, UnpackedCode.trained(trained.get()), trained.get().jars(), jvm);
        }
        return startPlain(function, jvm, workDirectory);
    }

    /** Starts the function without a cache. The directory must not exist; it is the caller's to delete. */
    public static Trial startPlain(ZipFunction function, Jvm jvm, Path workDirectory) throws IOException {
        Files.createDirectories(workDirectory);
        PlatformJars jars = PlatformJars.in(workDirectory, true);
        UnpackedCode code = UnpackedCode.unpack(function.zip(), function.layers(), workDirectory.resolve("code"));
        return start(function, code, jars, jvm);
    }

    private static Trial start(ZipFunction function, UnpackedCode code, PlatformJars jars, Jvm jvm) throws IOException {
        return Trial.start(
                function.definition().name(),
                FunctionProcess.builder(function, FunctionArn.LATEST, code, jars, "", jvm));
    }

    private static void unpack(ZipFunction function, Path directory) throws IOException {
        WorkDirectory.delete(directory);
        Files.createDirectories(directory.resolve("runtime"));
        PlatformJars runtime = PlatformJars.in(directory.resolve("runtime"), true);
        UnpackedCode code = UnpackedCode.unpack(function.zip(), function.layers(), directory.resolve("code"));
        List<Path> classPath = new ArrayList<>(runtime.classPath());
        classPath.addAll(code.classPath());
        Trained.markUnpacked(directory, function, classPath);
    }
}
