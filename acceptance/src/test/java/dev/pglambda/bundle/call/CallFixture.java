package dev.pglambda.bundle.call;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A database with registered functions, and a scripted Lambda. */
abstract class CallFixture {

    static final FakeLambda LAMBDA = BundleServer.LAMBDA;

    static BundleServer database;
    static Sql app;
    static Sql operator;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        app = database.as("app");
        operator = database.as("operator");
        operator.execute("select pglambda.register('f', 'arn:aws:lambda:eu-west-1:123456789012:function:f:live')");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }
}
