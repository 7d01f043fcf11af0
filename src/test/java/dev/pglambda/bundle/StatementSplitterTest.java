package dev.pglambda.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {

    @Test
    void statements_end_at_semicolons_and_know_their_lines() {
        assertThat(split("select 1;\n\n  select\n2 ;select 3"))
                .containsExactly(
                        new SqlStatement(1, "select 1"),
                        new SqlStatement(3, "select\n2"),
                        new SqlStatement(4, "select 3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a;b'",
                "select 'it''s;'",
                "select 'back\\' || ';'",
                "select E'quote \\' ; \\\\'",
                "select e';'",
                "select \"a;\"\"b\"",
                "select $$;'\"--/*$$",
                "select $body$ $$;$$ $other$;$other$ $body$",
                "select a$b$c, $1 || ';' || $2",
                "select 1 -- not; here",
                "select 1 /* nor /* ; */ here; */ + 1",
                "select \"é\", 'ü;', é$x$ from t",
                "do $$ begin perform 1; end $$",
                "select 4 / 2 - 1 * 3",
            })
    void one_statement_stays_whole(String sql) {
        assertThat(split(sql + "\n;select 2;"))
                .containsExactly(new SqlStatement(1, sql), new SqlStatement(2, "select 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "-- only; words", "/* ; */", ";;\n;", "-- a\n;"})
    void nothing_to_run_is_no_statement(String sql) {
        assertThat(split(sql)).isEmpty();
    }

    @Test
    void comments_before_a_statement_are_not_part_of_it() {
        assertThat(split("-- header; with a semicolon\n/* and\nmore */ select 1; -- trailer"))
                .containsExactly(new SqlStatement(3, "select 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a", "select \"a", "select $x$ $y$", "/* /* */", "select E'\\'"})
    void what_does_not_end_is_refused_with_its_line(String sql) {
        assertThatThrownBy(() -> split("select 1;\n" + sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sql/test.sql, line 2")
                .hasMessageContaining("does not end");
    }

    @Test
    void a_position_inside_a_statement_becomes_a_line_of_the_file() {
        SqlStatement statement = new SqlStatement(10, "select '😀'\n, x\n, y");
        assertThat(statement.lineAt(1)).isEqualTo(10);
        assertThat(statement.lineAt(14)).isEqualTo(11);
        assertThat(statement.lineAt(18)).isEqualTo(12);
        assertThat(statement.lineAt(999)).isEqualTo(12);
    }

    private static List<SqlStatement> split(String sql) {
        return new SqlFile("test.sql", sql).statements();
    }
}
