package dev.pglambda.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** One file of the bundle, as it is in the jar. */
record SqlFile(String name, String text) {

    private static final Pattern INCLUDE = Pattern.compile("(?m)^\\\\ir\\s+(\\S+)\\s*$");

    SqlFile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(text);
    }

    /** The bundle's files in the order of install.sql, which psql follows too. */
    static List<SqlFile> bundle() {
        return INCLUDE.matcher(read("install.sql").text())
                .results()
                .map(include -> read(include.group(1)))
                .toList();
    }

    /** What takes the bundle out again; no part of it. */
    static SqlFile uninstall() {
        return read("uninstall.sql");
    }

    static String hash(List<SqlFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (SqlFile file : files) {
                // NUL occurs in no SQL file, so no two lists of files run together to the same bytes.
                digest.update((file.name + "\0" + file.text + "\0").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    List<SqlStatement> statements() {
        return new StatementSplitter(this).split();
    }

    private static SqlFile read(String name) {
        return new SqlFile(name, resource("sql/" + name));
    }

    static String resource(String name) {
        try (InputStream in = SqlFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
