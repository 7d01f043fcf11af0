package dev.pglambda.bundle.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Version 9.0.0 of the bundle: the files of this one, as a test changes them. */
public final class NextVersion {

    public static final String NUMBER = "9.0.0";

    private static final Path SQL = Path.of("..", "sql");
    private static final String LAST_STEP = "\\ir schema/private_tables.sql\n\\endif\n";

    private final Path folder;

    public NextVersion(Path folder) {
        this.folder = folder;
        try (Stream<Path> files = Files.walk(SQL)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(SQL.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        change("schema/begin.sql", "pglambda.version = '[0-9.]+'", "pglambda.version = '" + NUMBER + "'");
    }

    /** Replaces what matches, which must be there. */
    public NextVersion change(String file, String regex, String replacement) {
        Path changed = folder.resolve(file);
        try {
            String before = Files.readString(changed);
            String after = before.replaceAll(regex, replacement);
            if (after.equals(before)) {
                throw new IllegalArgumentException(file + " has no " + regex);
            }
            Files.writeString(changed, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds a step after those of this version. */
    public NextVersion step(String name, String sql) {
        try {
            Files.writeString(folder.resolve("schema").resolve(name + ".sql"), "-- A step.\n" + sql + "\n");
            Path install = folder.resolve("install.sql");
            Files.writeString(install, Files.readString(install).replace(LAST_STEP, LAST_STEP + """
                                            select pglambda_private.is_new_step('%1$s') as wanted \\gset
                                            \\if :wanted
                                            \\ir schema/%1$s.sql
                                            \\endif
                                            """.formatted(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Changes every file that names a private function, which so gets another name. */
    public NextVersion rename(String function, String next) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, Files.readString(file).replace(function + "(", next + "("));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Psql install(BundleServer database) {
        List<String> arguments = List.of(
                "-v",
                "ON_ERROR_STOP=1",
                "-1",
                "-f",
                folder.resolve("install.sql").toString());
        return Psql.run(database, Map.of(), arguments.toArray(String[]::new));
    }
}
