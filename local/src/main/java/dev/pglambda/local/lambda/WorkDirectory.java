package dev.pglambda.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory for unpacked code whose name carries the platform's pid, so that the next start can tell it is orphaned. */
final class WorkDirectory {

    private static final String PREFIX = "pglambda-lambda-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");

    private WorkDirectory() {}

    /** Makes a new one, readable by this user only, after removing those that dead platforms left. */
    static Path create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        orphans(parent).forEach(WorkDirectory::delete);
        return Files.createTempDirectory(
                        parent, PREFIX + ProcessHandle.current().pid() + "-")
                .toRealPath();
    }

    private static List<Path> orphans(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(WorkDirectory::isOrphan).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isOrphan(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        // Another user's is that user's to remove.
        return name.matches()
                && Files.isWritable(path)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /** As far as possible: what cannot be removed now is an orphan for the next start. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException e) {
            // see above
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // somebody else is deleting, too
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
