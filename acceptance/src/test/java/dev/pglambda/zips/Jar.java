package dev.pglambda.zips;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A jar in a zip: its files by name. */
record Jar(String name, Map<String, byte[]> entries) {

    static Jar of(String name, byte[] jar, List<String> mistakes) {
        return new Jar(name, entries(jar, mistakes, name));
    }

    /** The files of an archive; a name that is there twice is a mistake. */
    static Map<String, byte[]> entries(byte[] archive, List<String> mistakes, String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && files.put(entry.getName(), zip.readAllBytes()) != null) {
                    mistakes.add(name + " has " + entry.getName() + " twice");
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    static int classFileVersion(byte[] classFile) {
        return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
    }
}
