package dev.pglambda.local.lambda.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * One build of a function's code as files: the zip in {@code task}, its layers next to it. The files are deleted when
 * the last user has released them; the one who unpacks is the first user. Thread-safe.
 */
public final class UnpackedCode {

    /** Lambda's limit for a function and its layers together. */
    private static final long SIZE_LIMIT = 262_144_000;

    private final Path directory;
    private final List<Path> classPath = new ArrayList<>();
    private final AtomicInteger users = new AtomicInteger(1);
    private long size;

    private UnpackedCode(Path directory) {
        this.directory = directory;
    }

    /** Unpacks into the directory, which must not exist. On failure nothing is left. */
    public static UnpackedCode unpack(Path zip, List<Path> layers, Path directory) throws IOException {
        UnpackedCode code = new UnpackedCode(directory);
        try {
            code.unpackAll(zip, layers);
            return code;
        } catch (IOException | RuntimeException e) {
            WorkDirectory.delete(directory);
            throw e;
        }
    }

    public Path taskRoot() {
        return directory.resolve("task");
    }

    /** The function's classes, its jars by name, then the layers' jars: Lambda's order. */
    public List<Path> classPath() {
        return List.copyOf(classPath);
    }

    public void retain() {
        users.incrementAndGet();
    }

    public void release() {
        if (users.decrementAndGet() == 0) {
            WorkDirectory.delete(directory);
        }
    }

    private void unpackAll(Path zip, List<Path> layers) throws IOException {
        createDirectories(taskRoot());
        boolean hasClasses = unpackInto(taskRoot(), zip, name -> true);
        if (hasClasses) {
            classPath.add(taskRoot());
        }
        classPath.addAll(jarsIn(taskRoot().resolve("lib")));
        for (int i = 0; i < layers.size(); i++) {
            Path root = directory.resolve("layer-" + i);
            unpackInto(root, layers.get(i), name -> name.startsWith("java/lib/"));
            classPath.addAll(jarsIn(root.resolve("java/lib")));
        }
    }

    /** Returns whether there is anything outside of {@code lib/}. */
    private boolean unpackInto(Path root, Path archive, Predicate<String> wanted) throws IOException {
        boolean outsideLib = false;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (wanted.test(entry.getName()) && !entry.isDirectory()) {
                    write(inside(root, entry), content(zip, entry));
                    outsideLib |= !entry.getName().startsWith("lib/");
                }
            }
        }
        return outsideLib;
    }

    private byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        byte[] content;
        try (InputStream source = zip.getInputStream(entry)) {
            content = source.readNBytes((int) (SIZE_LIMIT - size) + 1);
        }
        size += content.length;
        if (size > SIZE_LIMIT) {
            throw new ZipException("Unzipped size must be smaller than " + SIZE_LIMIT + " bytes");
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (checksum.getValue() != entry.getCrc()) {
            throw new ZipException(entry.getName() + " is damaged");
        }
        return content;
    }

    private static void write(Path file, byte[] content) throws UnpackingFailedException {
        createDirectories(file.getParent());
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UnpackingFailedException(file, e);
        }
    }

    private static void createDirectories(Path directory) throws UnpackingFailedException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UnpackingFailedException(directory, e);
        }
    }

    private static Path inside(Path root, ZipEntry entry) throws ZipException {
        Path file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new ZipException("the entry " + entry.getName() + " points out of the zip");
        }
        return file;
    }

    private static List<Path> jarsIn(Path lib) throws IOException {
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
