package dev.pglambda.local.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a function's zip from classes of the tests, as a function's build would. */
public final class FunctionZip {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public static FunctionZip ofClasses(Class<?>... classes) {
        FunctionZip zip = new FunctionZip();
        zip.entries.putAll(bytecode(classes));
        return zip;
    }

    public static FunctionZip ofJar(String path, Class<?>... classes) {
        return new FunctionZip().with(path, zipped(bytecode(classes)));
    }

    public FunctionZip with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    public byte[] bytes() {
        return zipped(entries);
    }

    private static Map<String, byte[]> bytecode(Class<?>... classes) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Class<?> type : List.of(classes)) {
            String name = type.getName().replace('.', '/') + ".class";
            try (InputStream source = type.getClassLoader().getResourceAsStream(name)) {
                files.put(name, source.readAllBytes());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return files;
    }

    private static byte[] zipped(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
