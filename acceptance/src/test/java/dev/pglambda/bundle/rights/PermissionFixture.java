package dev.pglambda.bundle.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A database with typed wrappers for different roles, and whether a user may run a statement in it. */
abstract class PermissionFixture {

    static BundleServer database;

    @BeforeAll
    static void create() {
        database = BundleServer.cloned();
        try (Sql operator = database.as("operator")) {
            operator.execute("select pglambda.define('shout(word text) returns text', 'transform', batch => true)");
            operator.execute(
                    "select pglambda.define('own(word text) returns text', 'transform', grantee => 'operator')");
            operator.execute("select pglambda.define('closed(word text) returns text', 'transform', grantee => null)");
        }
        BundleServer.LAMBDA.replies("{\"result\": \"ok\"}");
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    static List<String> wrappers() {
        return List.of(
                "process_data('1')",
                "transform_data('1')",
                "validate_data('1')",
                "process_data_batch('{}')",
                "transform_data_batch('{}')",
                "validate_data_batch('{}')",
                "transform_data('1', '$')",
                "transform_data_batch('{}', '$')",
                "validate_data('1', 'true')",
                "validate_data_batch('{}', 'true')",
                "is_valid('1', 'true')",
                "process_data_async('1')",
                "transform_data_async('1')",
                "validate_data_async('1')",
                "shout('a')",
                "shout_batch('{}')");
    }

    /** False only for "permission denied" and "must be owner"; any other error fails the test. */
    static boolean allowed(String user, String sql) {
        try (Sql session = database.as(user)) {
            session.execute("begin");
            session.execute(sql);
            session.execute("rollback");
            return true;
        } catch (SqlError e) {
            assertThat(e.sqlState()).as(e.getMessage()).isEqualTo("42501");
            return false;
        }
    }
}
