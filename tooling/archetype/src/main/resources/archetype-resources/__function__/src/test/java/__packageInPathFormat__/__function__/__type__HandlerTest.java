package ${package}.${function};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL calls the handler. */
@LocalPlatformTest(${type}Handler.class)
@MicronautTest
class ${type}HandlerTest {

    @Test
    void a_call_from_sql_is_answered(Sql app) throws SQLException {
        assertThat(app.value("select ${function}('tea', 3)")).isEqualTo("14.70");
    }

    @Test
    void a_wrong_item_is_an_sql_error_that_names_the_argument(Sql app) {
        assertThatThrownBy(() -> app.value("select ${function}('tea', 0)")).hasMessageContaining("quantity");
    }
}
