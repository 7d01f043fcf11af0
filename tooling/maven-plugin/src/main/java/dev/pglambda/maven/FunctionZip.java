package dev.pglambda.maven;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the zip that Lambda unpacks to {@code /var/task}: jars only, in {@code lib/}, since class data sharing knows no
 * directories. The same jars give the same bytes.
 */
final class FunctionZip {

    /** Of every entry. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private FunctionZip() {}

    /** For a deployment: as small as it gets. */
    static void write(Path zip, List<Library> libraries) throws IOException {
        write(zip, libraries, Deflater.BEST_COMPRESSION);
    }

    /** For this machine: quickly. */
    static void writeUncompressed(Path zip, List<Library> libraries) throws IOException {
        write(zip, libraries, Deflater.NO_COMPRESSION);
    }

    /** In one step: whoever reads the zip meanwhile sees the former one. The same content leaves the file as it is. */
    private static void write(Path zip, List<Library> libraries, int compression) throws IOException {
        Files.createDirectories(zip.getParent());
        Path unfinished = zip.resolveSibling(zip.getFileName() + ".new");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(unfinished));
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(compression);
            for (Library library : libraries) {
                out.putNextEntry(entry("lib/" + library.fileName()));
                out.write(content(library.path()));
            }
        }
        if (Files.exists(zip) && Files.mismatch(unfinished, zip) < 0) {
            Files.delete(unfinished);
        } else {
            Files.move(unfinished, zip, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static byte[] content(Path path) throws IOException {
        return Files.isDirectory(path) ? jar(path) : Files.readAllBytes(path);
    }

    /** With entries for folders: Micronaut finds what is in them by their names. */
    private static byte[] jar(Path classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes);
                Stream<Path> tree = Files.walk(classes)) {
            for (Path path : tree.filter(each -> !each.equals(classes)).sorted().toList()) {
                String name = classes.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    out.putNextEntry(entry(name + "/"));
                } else {
                    out.putNextEntry(entry(name));
                    Files.copy(path, out);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
