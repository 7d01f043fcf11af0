package dev.pglambda.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * One build of a function's code as files: the zip in {@code task}, its layers beside it. The files are deleted when the
 * last user has released them, unless they are {@link Trained}; whoever made it is the first.
 */
final class UnpackedCode {

    /** Lambda's limit for a function and its layers together. */
    private static final long SIZE_LIMIT = 262_144_000;

    private final Path directory;
    private final List<Path> classPath = new ArrayList<>();
    private final AtomicInteger users = new AtomicInteger(1);
    private long size;

    private final Optional<Trained> trained;

    private UnpackedCode(Path directory, Optional<Trained> trained) {
        this.directory = directory;
        this.trained = trained;
    }

    /** Code that has been unpacked for good, with its class path and cache. */
    static UnpackedCode trained(Trained trained) {
        return new UnpackedCode(trained.directory().resolve("code"), Optional.of(trained));
    }

    /** Unpacks to the directory, which must not exist. On failure nothing is left. */
    static UnpackedCode unpack(Path zip, List<Path> layers, Path directory) throws IOException {
        UnpackedCode code = new UnpackedCode(directory, Optional.empty());
        try {
            code.unpackAll(zip, layers);
            return code;
        } catch (IOException | RuntimeException e) {
            WorkDirectory.delete(directory);
            throw e;
        }
    }

    Path taskRoot() {
        return directory.resolve("task");
    }

    /** The function's classes, its jars by name, then the layers' jars: Lambda's order. */
    List<Path> classPath() {
        return classPath;
    }

    Optional<Trained> trained() {
        return trained;
    }

    void retain() {
        users.incrementAndGet();
    }

    void release() {
        if (users.decrementAndGet() == 0 && trained.isEmpty()) {
            WorkDirectory.delete(directory);
        }
    }

    private void unpackAll(Path zip, List<Path> layers) throws IOException {
        Files.createDirectories(taskRoot());
        boolean classes = unpackInto(taskRoot(), zip, name -> true);
        if (classes) {
            classPath.add(taskRoot());
        }
        classPath.addAll(jarsIn(taskRoot().resolve("lib")));
        for (int i = 0; i < layers.size(); i++) {
            Path root = directory.resolve("layer-" + i);
            unpackInto(root, layers.get(i), name -> name.startsWith("java/lib/"));
            classPath.addAll(jarsIn(root.resolve("java/lib")));
        }
    }

    /** Tells whether there is anything outside of {@code lib/}. */
    private boolean unpackInto(Path root, Path archive, Predicate<String> wanted) throws IOException {
        boolean outsideLib = false;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (wanted.test(entry.getName()) && !entry.isDirectory()) {
                    unpackEntry(zip, entry, inside(root, entry));
                    outsideLib |= !entry.getName().startsWith("lib/");
                }
            }
        }
        return outsideLib;
    }

    private void unpackEntry(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        CRC32 checksum = new CRC32();
        try (InputStream source = new CheckedInputStream(zip.getInputStream(entry), checksum);
                OutputStream target = Files.newOutputStream(file)) {
            size += source.transferTo(target);
        }
        if (checksum.getValue() != entry.getCrc()) {
            throw new ZipException(entry.getName() + " is damaged");
        }
        if (size > SIZE_LIMIT) {
            throw new ZipException("Unzipped size must be smaller than " + SIZE_LIMIT + " bytes");
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
