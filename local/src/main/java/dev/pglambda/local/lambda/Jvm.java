package dev.pglambda.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An installed JDK that functions can run on.
 *
 * @param home its {@code JAVA_HOME}
 * @param feature its feature release, such as 17
 */
public record Jvm(Path home, int feature) {

    public Jvm {
        Objects.requireNonNull(home);
    }

    /** The one that this process runs on. */
    public static Jvm running() {
        return new Jvm(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The one in that folder, or {@link IllegalArgumentException} where there is none. */
    public static Jvm at(Path home) {
        Properties release = new Properties();
        try (InputStream file = Files.newInputStream(home.resolve("release"))) {
            release.load(file);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return new Jvm(home, Runtime.Version.parse(version).feature());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no JDK in " + home + ": " + e.getMessage(), e);
        }
    }

    /** One of that release: this one, {@code JAVA25_HOME} (for 25), or one under {@code /usr/lib/jvm}. */
    public static Optional<Jvm> installed(int feature) {
        List<Jvm> found = new ArrayList<>(List.of(running()));
        Optional.ofNullable(System.getenv("JAVA" + feature + "_HOME"))
                .map(Path::of)
                .map(Jvm::at)
                .ifPresent(found::add);
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> homes = Files.list(usual)) {
                homes.filter(home -> Files.isExecutable(home.resolve("bin/java"))
                                && Files.isReadable(home.resolve("release")))
                        .sorted()
                        .map(Jvm::at)
                        .forEach(found::add);
            } catch (IOException e) {
                // unreadable is as good as empty
            }
        }
        return found.stream().filter(jvm -> jvm.feature() == feature).findFirst();
    }

    String executable() {
        return home.resolve("bin").resolve("java").toString();
    }

    /** Whether it has ahead-of-time caches (JEP 514), or only archives of classes. */
    boolean hasAotCache() {
        return feature >= 25;
    }
}
