package dev.pglambda.local.postgres.wire;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A clone of the template with the extension, and the Lambda that its sessions call: echoes at the start of each test.
 * Registered as an extension of a test class, it goes with that class.
 */
public record ClonedDatabase(String name, ScriptedLambda lambda)
        implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

    public Session master() throws SQLException {
        return new Session(TestPlatform.POSTGRES.connectAsMaster(name));
    }

    public Session app() throws SQLException {
        return new Session(TestPlatform.POSTGRES.connectAsApp(name));
    }

    public Session superuser() throws SQLException {
        return new Session(TestPlatform.POSTGRES.connectAsSuperuser(name));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        lambda.reset();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws SQLException {
        close();
    }

    @Override
    public void close() throws SQLException {
        TestPlatform.drop(this);
    }
}
