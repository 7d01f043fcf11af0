package dev.pglambda.bundle.define;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.EchoedItem;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.Sql;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A registered function pricing, types of a shop, and sessions that define and call typed wrappers. */
abstract class DefinitionFixture {

    static final FakeLambda LAMBDA = BundleServer.LAMBDA;

    static BundleServer database;
    static Sql app;
    static Sql operator;
    static Sql master;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        app = database.as("app");
        operator = database.as("operator");
        master = database.as("master");
        master.execute("""
                create schema shop;
                grant usage on schema shop to public;
                grant create on schema shop to pglambda_owner, operator;
                create type shop.line as (piece text, price numeric);
                create type shop.colour as enum ('red', 'dark blue');
                create domain shop.quantity as integer check (value > 0);
                create domain shop.tags as text[];
                create table shop.orders (id bigint, total numeric, lines shop.line[], colour shop.colour);
                """);
        operator.execute("select pglambda.register('pricing', 'pricing')");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @BeforeEach
    void undefine() {
        operator.execute(
                "select pglambda.undefine(quote_ident(schema) || '.' || quote_ident(name)) from pglambda.wrappers");
        LAMBDA.does(new EchoedItem());
    }

    static List<String> define(String signature) {
        return define(signature, "");
    }

    static List<String> defineBatch(String signature) {
        return define(signature, ", batch => true");
    }

    static List<String> define(String signature, String more) {
        return operator.values("select pglambda.define(?, 'pricing'" + more + ")::text", signature);
    }
}
