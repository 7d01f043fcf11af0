package dev.pglambda.maven;

import dev.pglambda.function.FunctionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/**
 * The main sources of a module and its {@code function.json}, as they are at one moment. They are looked at rather than
 * watched: the JDK's watch service takes seconds on macOS.
 */
record SourceFiles(Map<Path, Stamp> files) {

    SourceFiles {
        files = Map.copyOf(files);
    }

    /** Reads the attributes of every file. */
    static SourceFiles of(MavenProject project) throws IOException {
        Map<Path, Stamp> files = new HashMap<>();
        Path home = project.getBasedir().toPath();
        add(home.resolve(FunctionFolder.FILE), files);
        add(home.resolve("src/main"), files);
        return new SourceFiles(files);
    }

    private static void add(Path root, Map<Path, Stamp> files) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    files.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
                }
            }
        }
    }

    record Stamp(FileTime modified, long size) {}
}
