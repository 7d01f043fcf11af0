package dev.pglambda.local.lambda.code;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A temporary directory that belongs to one platform for as long as it runs. Its owner holds a lock on a file in it, which
 * ends with the owner's process, so the next start can remove the directories of platforms that were killed. Process ids
 * would not do: two containers with the same {@code /tmp} do not see each other's processes.
 */
public final class WorkDirectory implements AutoCloseable {

    private static final String PREFIX = "pglambda-lambda-";
    private static final String LOCK = "in-use";

    /** This process's own. To close a second channel of a file releases the lock of the first, so these are never tried. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private WorkDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes a new one, readable by this user only, under {@code java.io.tmpdir}; removes those that nobody uses any more. */
    public static WorkDirectory create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : others) {
                removeIfUnused(other);
            }
        }
        return createIn(parent);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete(path);
        OWN.remove(path);
        closeQuietly(lockFile);
    }

    /** Another process may take the new directory for an unused one before it is locked: then another is made. */
    private static WorkDirectory createIn(Path parent) throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(parent, PREFIX);
            OWN.add(path);
            FileChannel channel = null;
            try {
                channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (channel.tryLock() != null && Files.exists(path.resolve(LOCK))) {
                    return new WorkDirectory(path, channel);
                }
            } catch (NoSuchFileException e) {
                // Removed at this moment.
            }
            OWN.remove(path);
            closeQuietly(channel);
        }
    }

    private static void removeIfUnused(Path directory) {
        Path lock = directory.resolve(LOCK);
        // Another user's directory is that user's to remove. One without a lock file is about to get it.
        if (OWN.contains(directory) || !Files.isWritable(directory) || !Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held != null) {
                delete(directory);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // The next start tries again.
        }
    }

    /** Deletes as much as can be deleted. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException e) {
            // What is left in a work directory is removed by the next start.
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock ends with the process at the latest.
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
                return FileVisitResult.CONTINUE; // another process deletes it too
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
