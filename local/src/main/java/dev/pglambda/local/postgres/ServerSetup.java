package dev.pglambda.local.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What RDS has done before a customer logs in for the first time: extensions, roles and the first database. */
final class ServerSetup {

    /** From this version on, CREATEROLE alone does not allow to grant other roles. */
    private static final int SAFE_CREATEROLE_SINCE = 16;

    private ServerSetup() {}

    static void run(Connection superuser, PostgresSettings settings) throws SQLException, IOException {
        AwsExtensions.install(superuser);
        try (Statement statement = superuser.createStatement()) {
            statement.execute("""
                    create role rds_superuser nologin;
                    grant pg_monitor, pg_signal_backend, pg_checkpoint to rds_superuser with admin option;
                    create role master login createrole createdb;
                    grant rds_superuser to master with admin option;
                    create role app login;
                    """);
            setPassword(statement, LocalPostgres.MASTER, settings.master());
            setPassword(statement, LocalPostgres.APP, settings.app());
            if (superuser.getMetaData().getDatabaseMajorVersion() < SAFE_CREATEROLE_SINCE) {
                reserveForSuperusers(statement);
            }
            statement.execute("create database demodb owner master");
        }
    }

    private static void setPassword(Statement statement, String user, Password password) throws SQLException {
        statement.execute("alter role " + user + " password " + statement.enquoteLiteral(password.reveal()));
    }

    /**
     * With CREATEROLE, {@code master} could grant itself these roles, and run programs as the owner of this process.
     * RDS prevents that in its own code; here, only a superuser may grant what is marked as a superuser.
     */
    private static void reserveForSuperusers(Statement statement) throws SQLException {
        statement.execute("""
                update pg_authid set rolsuper = true
                 where rolname in ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
                """);
    }
}
