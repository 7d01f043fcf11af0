package dev.pglambda.bundle.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What an installation left in a database, as lines that can be compared. */
public final class Catalog {

    private static final String DEFINITIONS = """
            select pg_get_functiondef(p.oid)
              from pg_proc p
             where p.pronamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace)
                or p.proowner = 'pglambda_owner'::regrole
             order by 1
            """;

    private Catalog() {}

    /** The committed surface of a database where no function is registered. */
    public static List<String> installed() {
        return resource("installed.txt").lines().toList();
    }

    /** The committed surface of a database with the wrappers of the three functions. */
    public static List<String> installedWithWrappers() {
        return Stream.concat(installed().stream(), resource("wrappers.txt").lines())
                .sorted()
                .toList();
    }

    /** Names, types, owners, rights and comments. */
    public static List<String> surface(Sql session) {
        return session.values(resource("surface.sql"));
    }

    /** The surface, and every function with its body. */
    public static List<String> everything(Sql session) {
        return Stream.concat(surface(session).stream(), session.values(DEFINITIONS).stream())
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = Catalog.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
