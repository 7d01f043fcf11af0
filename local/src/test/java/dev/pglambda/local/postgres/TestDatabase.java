package dev.pglambda.local.postgres;

import java.sql.SQLException;

/** A clone of the template with the extension, and the Lambda that its sessions call. */
record TestDatabase(String name, FakeLambda lambda) implements AutoCloseable {

    Session master() throws SQLException {
        return new Session(TestPlatform.POSTGRES.connectAsMaster(name));
    }

    Session app() throws SQLException {
        return new Session(TestPlatform.POSTGRES.connectAsApp(name));
    }

    Session superuser() throws SQLException {
        return new Session(TestPlatform.POSTGRES.connectAsSuperuser(name));
    }

    @Override
    public void close() throws SQLException {
        TestPlatform.drop(this);
    }
}
