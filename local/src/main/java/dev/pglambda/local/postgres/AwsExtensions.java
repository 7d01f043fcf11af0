package dev.pglambda.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/**
 * Puts the extensions {@code aws_commons} and {@code aws_lambda} where the server's CREATE EXTENSION finds them: in the
 * directory of its programs. Several servers may use it at once, so nothing in these files belongs to one server; and
 * all of them have the same version of these files, see {@link #fingerprint}.
 */
final class AwsExtensions {

    private static final List<String> FILES =
            List.of("aws_commons.control", "aws_commons--1.0.sql", "aws_lambda.control", "aws_lambda--1.0.sql");

    private AwsExtensions() {}

    /** The same for the same files: two versions of this platform must not install each other's files. */
    static String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) {
                digest.update(resource(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    static void install(Connection superuser) throws SQLException, IOException {
        Path extensions = directory(superuser, "SHAREDIR").resolve("extension");
        for (String file : FILES) {
            writeIfAbsent(extensions.resolve(file), resource(file));
        }
        copyDblink(directory(superuser, "PKGLIBDIR"));
    }

    /** A library of another name has its own connections: a session's use of dblink can neither see nor change them. */
    private static void copyDblink(Path libraries) throws IOException {
        for (String suffix : List.of(".so", ".dylib", ".dll")) {
            Path dblink = libraries.resolve("dblink" + suffix);
            if (Files.exists(dblink)) {
                writeIfAbsent(libraries.resolve("aws_lambda" + suffix), Files.readAllBytes(dblink));
            }
        }
    }

    /** A file that exists is current: another version has another directory. */
    private static void writeIfAbsent(Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            AtomicFile.write(file, content);
        }
    }

    private static Path directory(Connection superuser, String name) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("select setting from pg_config() where name = '" + name + "'")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = AwsExtensions.class.getResourceAsStream("extension/" + file)) {
            return in.readAllBytes();
        }
    }
}
