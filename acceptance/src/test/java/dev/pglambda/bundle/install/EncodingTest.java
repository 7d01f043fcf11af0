package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import dev.pglambda.bundle.kit.Sql;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** psql takes the client's encoding from the terminal. The installed bundle must not depend on it. */
class EncodingTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "LATIN1", "WIN1252", "EUC_JP", "SJIS", "BIG5", "SQL_ASCII"})
    void psql_installs_the_same_whatever_the_clients_encoding(String encoding) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGCLIENTENCODING", encoding);
        environment.put("PGOPTIONS", "-c pglambda.install_wrappers=" + String.join(",", ShippedFunctions.NAMES));
        BundleServer database = BundleServer.empty();
        BundleServer template = BundleServer.cloned();
        try (Sql installed = database.as("master");
                Sql expected = template.as("master")) {
            installed.execute("grant create on schema public to operator"); // as in the template
            assertThat(Psql.install(database, environment)).isEqualTo(new Psql(0, ""));
            assertThat(Catalog.everything(installed)).isEqualTo(Catalog.everything(expected));
        } finally {
            database.drop();
            template.drop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUC_JP", "LATIN1", "SQL_ASCII"})
    void database_of_another_encoding_gets_the_same_bundle(String encoding) {
        BundleServer database = BundleServer.ofEncoding(encoding);
        try (Sql installed = database.as("master")) {
            assertThat(installed.value("show server_encoding")).isEqualTo(encoding);
            assertThat(Psql.installWithWrappers(database)).isEqualTo(new Psql(0, ""));
            assertThat(Catalog.surface(installed)).isEqualTo(Catalog.installedWithWrappers());
        } finally {
            database.drop();
        }
    }
}
