package dev.pglambda.zips;

import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Jvm;
import dev.pglambda.local.lambda.runtime.ProcessUnderTest;
import dev.pglambda.local.lambda.runtime.RuntimeJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks what is shipped: the zip of a function, with the layer that it runs with. First what can be read, then whether it
 * runs. Every method returns the list of mistakes.
 */
final class ZipVerifier {

    static final long FUNCTION_LIMIT = 7_000_000;
    /** What the layer that this one replaces weighed. */
    static final long LAYER_LIMIT = 8_500_000;

    private static final Pattern FORBIDDEN =
            Pattern.compile("(io/netty|org/apache/http|org/apache/hc|org/junit|org/assertj"
                    + "|io/zonky|org/mockito|dev/pglambda/local|dev/pglambda/bench|io/micronaut/test)/.*");
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");

    private ZipVerifier() {}

    /** Checks structure, sizes, class files, duplicate classes, packages and the handler. Reads every jar. */
    static List<String> read(ZipFunction function) throws IOException {
        List<String> mistakes = new ArrayList<>();
        List<Jar> jars = new ArrayList<>(jars(function.zip(), "lib/", FUNCTION_LIMIT, mistakes));
        for (Path layer : function.layers()) {
            jars.addAll(jars(layer, "java/lib/", LAYER_LIMIT, mistakes));
        }
        Map<String, Jar> classes = new HashMap<>();
        for (Jar jar : jars) {
            checkEntries(jar, classes, mistakes);
        }
        String handler = function.description().handler().replaceFirst("::.*", "");
        if (!classes.containsKey(handler.replace('.', '/') + ".class")) {
            mistakes.add("the handler " + handler + " is in no jar");
        }
        return mistakes;
    }

    /** Unpacks it as Lambda does, starts it under AWS's runtime client, and sends the call: an answer must come back. */
    static List<String> boot(ZipFunction function, Jvm jvm, String call, Path directory) throws InterruptedException {
        try (ProcessUnderTest process = ProcessUnderTest.start(function.name(), builder(function, jvm, directory))) {
            String answer = process.call(call);
            if (!answer.startsWith("{") || answer.startsWith("{\"error")) {
                return List.of("on JDK " + jvm.feature() + " it answered " + answer + "\n" + process.output());
            }
            return List.of();
        } catch (IllegalStateException | IOException e) {
            return List.of("on JDK " + jvm.feature() + ": " + e.getMessage());
        }
    }

    private static ProcessBuilder builder(ZipFunction function, Jvm jvm, Path directory) throws IOException {
        Files.createDirectories(directory);
        UnpackedCode code = UnpackedCode.unpack(function.zip(), function.layers(), directory.resolve("code"));
        return new FunctionCommand(function, code, RuntimeJars.in(directory), jvm, List.of())
                .builder(FunctionArn.LATEST);
    }

    /** The jars of others, as an SBOM has them: {@code artifact@version}. */
    static List<String> librariesOf(Path zip) throws IOException {
        return Jar.entries(Files.readAllBytes(zip), new ArrayList<>(), zip.toString()).keySet().stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.jar$", ""))
                .map(name -> name.replaceFirst("-(?=\\d)", "@"))
                .toList();
    }

    private static List<Jar> jars(Path zip, String folder, long limit, List<String> mistakes) throws IOException {
        if (Files.size(zip) > limit) {
            mistakes.add(zip.getFileName() + " has " + Files.size(zip) + " bytes, more than " + limit);
        }
        List<Jar> jars = new ArrayList<>();
        Map<String, byte[]> content =
                Jar.entries(Files.readAllBytes(zip), mistakes, zip.getFileName().toString());
        content.forEach((name, bytes) -> {
            if (name.matches(Pattern.quote(folder) + "[^/]+\\.jar")) {
                jars.add(Jar.of(zip.getFileName() + "!" + name.substring(folder.length()), bytes, mistakes));
            } else {
                mistakes.add(zip.getFileName() + " has " + name + ": only " + folder + "*.jar belongs there");
            }
        });
        return jars;
    }

    private static void checkEntries(Jar jar, Map<String, Jar> classes, List<String> mistakes) {
        jar.entries().forEach((name, bytes) -> {
            if (FORBIDDEN.matcher(name).matches() || NATIVE.matcher(name).matches()) {
                mistakes.add(jar.name() + " has " + name + ", which must not ship");
            }
            if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.equals("module-info.class")) {
                return;
            }
            if (Jar.classFileVersion(bytes) > 61) {
                mistakes.add(jar.name() + " has " + name + " for a JVM newer than 17");
            }
            Jar other = classes.put(name, jar);
            if (other != null) {
                mistakes.add(name + " is in " + other.name() + " and in " + jar.name());
            }
        });
    }
}
