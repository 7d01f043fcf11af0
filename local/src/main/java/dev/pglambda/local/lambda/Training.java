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
        ProcessBuilder process = process(function, UnpackedCode.trained(rehearsal), rehearsal.jars(), jvm);
        try (Trial trial = Trial.start(function.definition().name(), process)) {
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

    /** The function's process without a cache, unpacked into the directory, which is the caller's to delete. */
    public static ProcessBuilder process(ZipFunction function, Jvm jvm, Path workDirectory) throws IOException {
        Files.createDirectories(workDirectory);
        PlatformJars jars = PlatformJars.in(workDirectory, true);
        UnpackedCode code = UnpackedCode.unpack(function.zip(), function.layers(), workDirectory.resolve("code"));
        return process(function, code, jars, jvm);
    }

    /** The function's process with its cache; empty where none has been trained for this zip. */
    public static Optional<ProcessBuilder> trainedProcess(ZipFunction function, Jvm jvm) throws IOException {
        return Trained.of(function, jvm)
                .map(trained -> process(function, UnpackedCode.trained(trained), trained.jars(), jvm));
    }

    private static ProcessBuilder process(ZipFunction function, UnpackedCode code, PlatformJars jars, Jvm jvm) {
        return FunctionProcess.builder(function, FunctionArn.LATEST, code, jars, "", jvm);
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
