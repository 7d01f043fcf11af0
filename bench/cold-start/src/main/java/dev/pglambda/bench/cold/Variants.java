package dev.pglambda.bench.cold;

import dev.pglambda.bench.cold.Report.Names;
import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Everything that is compared: each function and the plain peer on each JDK, without and with a cache, and Node. */
final class Variants {

    private static final String TRANSFORM = "{\"data\": {\"id\": 456, \"value\": \"hello world\"}}";
    private static final Path NODE = Path.of("bench/cold-start/node").toAbsolutePath();

    private final Map<String, String> calls = Map.of(
            "plain",
            TRANSFORM,
            "transform",
            TRANSFORM,
            "validate",
            "{\"data\": {\"id\": 789}}",
            "process",
            "{\"data\": {\"id\": 123, \"value\": \"test\"}}");
    private final List<ZipFunction> functions;
    private final Path work;

    Variants(List<ZipFunction> shipped, Path work) throws IOException {
        this.work = work;
        this.functions = Stream.concat(Stream.of(plain()), shipped.stream()).toList();
    }

    List<Variant> all() throws IOException, InterruptedException {
        List<Variant> all = new ArrayList<>();
        for (Jvm jvm : Jdk25.andRunning()) {
            for (String name : Names.inOrder()) {
                addBoth(name, jvm, all);
            }
        }
        addNode(all);
        return all;
    }

    /** The first calls after initialization: of each function as SnapStart restores it, and of Node. */
    List<Variant> initialized() throws IOException {
        List<Variant> all = new ArrayList<>();
        for (Jvm jvm : Jdk25.andRunning()) {
            for (String name : List.of("transform", "validate", "process")) {
                TrainedFunction function =
                        TrainedFunction.unpack(shipped(name), jvm, work.resolve("restored-" + name + jvm.feature()));
                ProcessBuilder restored = function.withSnapStart();
                all.add(new Variant(Names.of(name, jvm.feature(), false), () -> copy(restored), calls.get(name)));
            }
        }
        addNode(all);
        return all;
    }

    private ZipFunction shipped(String name) {
        return functions.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void addBoth(String name, Jvm jvm, List<Variant> all) throws IOException, InterruptedException {
        ZipFunction function = shipped(name);
        String call = calls.get(name);
        TrainedFunction trained = TrainedFunction.unpack(function, jvm, work.resolve(name + jvm.feature()));
        ProcessBuilder without = trained.withoutCache();
        all.add(new Variant(Names.of(name, jvm.feature(), false), () -> copy(without), call));
        ProcessBuilder with = trained.withCache(call);
        all.add(new Variant(Names.of(name, jvm.feature(), true), () -> copy(with), call));
    }

    private void addNode(List<Variant> all) {
        Path node = Stream.of("/usr/bin/node", "/usr/local/bin/node", "/opt/homebrew/bin/node")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (node == null || !Files.isDirectory(NODE.resolve("node_modules/pg"))) {
            System.out.println("No Node peer: node and npm are needed for it.");
            return;
        }
        for (String job : List.of("transform", "process")) {
            ProcessBuilder builder = new ProcessBuilder(
                    node.toString(),
                    NODE.resolve("runtime.js").toString(),
                    NODE.resolve(job + ".js").toString());
            builder.environment().clear();
            builder.environment().putAll(shipped(job).environment());
            builder.environment()
                    .putAll(Map.of(
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "local",
                            "AWS_SECRET_ACCESS_KEY", "local",
                            "NODE_ENV", "production",
                            "PATH", "/usr/bin:/bin"));
            all.add(new Variant(Names.node(job), () -> copy(builder), nodeCall(job)));
        }
    }

    /** An item of its own, so that both store one. */
    private String nodeCall(String job) {
        return calls.get(job).replace("123", "124");
    }

    private static ProcessBuilder copy(ProcessBuilder original) {
        ProcessBuilder copy = new ProcessBuilder(original.command()).directory(original.directory());
        copy.environment().clear();
        copy.environment().putAll(original.environment());
        return copy;
    }

    /** A zip with one jar with one class, as a person would ship it. */
    private ZipFunction plain() throws IOException {
        Path jar = work.resolve("plain.jar");
        String classFile = PlainHandler.class.getName().replace('.', '/') + ".class";
        try (InputStream source = PlainHandler.class.getClassLoader().getResourceAsStream(classFile)) {
            archive(jar, classFile, source.readAllBytes());
        }
        Path zip = work.resolve("plain.zip");
        archive(zip, "lib/plain.jar", Files.readAllBytes(jar));
        return new ZipFunction(FunctionDescription.of("plain", PlainHandler.class.getName()), zip, List.of(), Map.of());
    }

    private static void archive(Path file, String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
    }
}
