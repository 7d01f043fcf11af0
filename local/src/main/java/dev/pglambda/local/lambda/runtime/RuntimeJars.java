package dev.pglambda.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * What Lambda's Java runtime brings along with every function: AWS's runtime client, and our launcher around it.
 *
 * @param classPath jars only, because class data sharing takes no directories
 * @param nativeClient the native code of AWS's client; empty where there is none
 */
public record RuntimeJars(List<Path> classPath, Optional<Path> nativeClient) {

    private static final List<Class<?>> LAUNCHER =
            List.of(RuntimeLauncher.class, JavaRuntime.class, JavaRuntimeClient.class);

    public RuntimeJars {
        classPath = List.copyOf(classPath);
    }

    /** Writes to the directory what does not exist as a file yet. */
    public static RuntimeJars in(Path directory) throws IOException {
        return new RuntimeJars(classPath(directory), nativeClient(directory));
    }

    /** As on a system for which AWS's client has no native code. */
    public static RuntimeJars withoutNativeClient(Path directory) throws IOException {
        return new RuntimeJars(classPath(directory), Optional.empty());
    }

    private static List<Path> classPath(Path directory) throws IOException {
        return List.of(
                launcher(directory.resolve("launcher.jar")),
                jarOf(LambdaRuntimeApiClient.class),
                jarOf(Context.class),
                jarOf(PojoSerializer.class),
                jarOf(SdkInternalThreadLocal.class));
    }

    private static Path launcher(Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Class<?> type : LAUNCHER) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream source = type.getClassLoader().getResourceAsStream(name)) {
                    source.transferTo(jar);
                }
            }
        }
        return file;
    }

    /** Once for all processes: otherwise each start of AWS's client writes the same file in /tmp again. */
    private static Optional<Path> nativeClient(Path directory) throws IOException {
        try (InputStream source = LambdaRuntimeApiClient.class.getResourceAsStream(nativeClientName())) {
            if (source == null) {
                return Optional.empty();
            }
            Path library = directory.resolve("libaws-lambda-jni.so");
            Files.copy(source, library);
            return Optional.of(library);
        }
    }

    /** The library in AWS's jar that this machine can load; it contains none for other systems than Linux. */
    private static String nativeClientName() {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        String musl = Files.exists(Path.of("/lib/ld-musl-" + processor + ".so.1")) ? "_musl" : "";
        return "/jni/libaws-lambda-jni." + System.getProperty("os.name").toLowerCase(Locale.ROOT) + musl + "-"
                + processor.replace("aarch64", "aarch_64") + ".so";
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
