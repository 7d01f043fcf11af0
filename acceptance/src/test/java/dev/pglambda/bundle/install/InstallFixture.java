package dev.pglambda.bundle.install;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database without the bundle, and its administrator's session. */
abstract class InstallFixture {

    BundleServer database;
    Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.empty();
        master = database.as("master");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }
}
