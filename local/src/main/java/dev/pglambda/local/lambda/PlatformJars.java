package dev.pglambda.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * What Lambda's Java runtime brings along with every function: AWS's runtime client, and our launcher around it.
 *
 * @param classPath jars only, since class data sharing takes no directories
 * @param nativeClient the native half of AWS's client; empty where there is none, and a Java one takes its place
 */
record PlatformJars(List<Path> classPath, Optional<Path> nativeClient) {

    private static final String CLIENT_PACKAGE = "com/amazonaws/services/lambda/runtime/api/client/runtimeapi/";

    /** Writes what does not exist as a file yet to the directory. */
    static PlatformJars in(Path directory, boolean nativeAllowed) throws IOException {
        Optional<Path> nativeClient =
                nativeAllowed ? nativeLibrary().flatMap(name -> unpack(name, directory)) : Optional.empty();
        List<Path> jars = new ArrayList<>();
        jars.add(jar(directory.resolve("launcher.jar"), "dev/pglambda/local/lambda/RuntimeLauncher.class"));
        if (nativeClient.isEmpty()) {
            // Before AWS's jar, so that this class of the same name is the one that is loaded.
            jars.add(jar(
                    directory.resolve("java-client.jar"),
                    CLIENT_PACKAGE + "NativeClient.class",
                    CLIENT_PACKAGE + "NativeClient$Answer.class"));
        }
        jars.add(jarOf(LambdaRuntimeApiClient.class));
        jars.add(jarOf(Context.class));
        jars.add(jarOf(PojoSerializer.class));
        jars.add(jarOf(SdkInternalThreadLocal.class));
        return new PlatformJars(List.copyOf(jars), nativeClient);
    }

    /** The name inside AWS's jar of the library that this machine can load. */
    private static Optional<String> nativeLibrary() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        String processor =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "aarch64";
                    default -> "";
                };
        boolean musl = Files.exists(Path.of("/lib/ld-musl-" + processor + ".so.1"));
        return Optional.of("/jni/libaws-lambda-jni.linux" + (musl ? "_musl" : "") + "-"
                        + processor.replace("aarch64", "aarch_64") + ".so")
                .filter(name -> LambdaRuntimeApiClient.class.getResource(name) != null);
    }

    /** Once for all processes: left to itself, each start of AWS's client writes the same file in /tmp anew. */
    private static Optional<Path> unpack(String resource, Path directory) {
        Path library = directory.resolve("libaws-lambda-jni.so");
        try (InputStream source = LambdaRuntimeApiClient.class.getResourceAsStream(resource)) {
            Files.copy(source, library);
            return Optional.of(library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(Path file, String... classFiles) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String classFile : classFiles) {
                jar.putNextEntry(new JarEntry(classFile));
                try (InputStream source = PlatformJars.class.getClassLoader().getResourceAsStream(classFile)) {
                    source.transferTo(jar);
                }
            }
        }
        return file;
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no file for " + type, e);
        }
    }
}
