package dev.pglambda.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What an installation left in a database, as lines that can be compared. */
final class Catalog {

    private static final String DEFINITIONS = """
            select pg_get_functiondef(p.oid)
              from pg_proc p
             where p.pronamespace = 'lambda'::regnamespace or p.proowner = 'pglambda_owner'::regrole
             order by 1
            """;

    private Catalog() {}

    /** Names, types, owners, rights and comments: what {@code installed.txt} holds. */
    static List<String> surface(Sql session) {
        return session.values(resource("surface.sql"));
    }

    /** The surface, and every function with its body. */
    static List<String> everything(Sql session) {
        return Stream.concat(surface(session).stream(), session.values(DEFINITIONS).stream())
                .toList();
    }

    static String resource(String name) {
        try (InputStream in = Catalog.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
