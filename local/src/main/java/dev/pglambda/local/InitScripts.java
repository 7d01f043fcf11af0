package dev.pglambda.local;

import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A project's own tables: the {@code .sql} files of a folder, run once in a new database by its administrator. */
public final class InitScripts {

    private InitScripts() {}

    /**
     * Runs them in the order of their names, each in a transaction of its own.
     *
     * @param folder if it does not exist, there is nothing to run
     * @throws PlatformException that names the file that failed, with PostgreSQL's message
     */
    static void run(Path folder, LocalPostgres postgres, Consumer<String> progress) throws SQLException {
        if (Files.isDirectory(folder)) {
            progress.accept("running the scripts of " + folder);
            try (Connection master = postgres.connectAsMaster(LocalPostgres.DATABASE)) {
                run(folder, master);
            }
        }
    }

    /** The same on a connection that commits each statement. */
    public static void run(Path folder, Connection master) throws SQLException {
        for (Path script : scripts(folder)) {
            try (Statement statement = master.createStatement()) {
                statement.execute(Files.readString(script));
            } catch (SQLException | IOException e) {
                throw new PlatformException(script + ": " + e.getMessage().replaceAll("\\s+", " "), e);
            }
        }
    }

    private static List<Path> scripts(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PlatformException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }
}
