package dev.pglambda.maven;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** A function of which only the zip is at hand. */
final class PackagedFunction {

    private static final String DESCRIPTION = "META-INF/pglambda/" + FunctionFolder.FILE;

    private PackagedFunction() {}

    /** Reads the description from the zip. {@code directory} takes a copy of it. */
    static FunctionFolder of(Path zip, Path directory) throws IOException {
        Path file = directory.resolve(zip.getFileName() + "." + FunctionFolder.FILE);
        Files.write(file, description(zip));
        return new FunctionFolder(FunctionDescription.read(file), zip);
    }

    private static byte[] description(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                try (InputStream entry = file.getInputStream(entries.nextElement());
                        ZipInputStream jar = new ZipInputStream(entry)) {
                    if (advance(jar)) {
                        return jar.readAllBytes();
                    }
                }
            }
        }
        throw new IOException(zip + " has no " + DESCRIPTION + " in any of its jars");
    }

    private static boolean advance(ZipInputStream jar) throws IOException {
        ZipEntry entry = jar.getNextEntry();
        while (entry != null && !entry.getName().equals(DESCRIPTION)) {
            entry = jar.getNextEntry();
        }
        return entry != null;
    }
}
