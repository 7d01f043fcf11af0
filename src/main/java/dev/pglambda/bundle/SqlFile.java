package dev.pglambda.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One file of the bundle, as it is in the jar. The name is its path below {@code sql/}. */
record SqlFile(String name, String text) {

    SqlFile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(text);
    }

    static SqlFile read(String name) {
        return new SqlFile(name, resource("sql/" + name));
    }

    List<SqlStatement> statements() {
        return new StatementSplitter(this).split();
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
