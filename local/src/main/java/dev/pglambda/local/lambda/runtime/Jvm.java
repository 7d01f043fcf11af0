package dev.pglambda.local.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

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

    /** The one in that folder; {@link IllegalArgumentException} if there is none. */
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

    String executable() {
        return home.resolve("bin").resolve("java").toString();
    }
}
