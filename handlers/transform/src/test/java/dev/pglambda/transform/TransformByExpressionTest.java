package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.call.Payload;
import dev.pglambda.lambda.LambdaFunction;
import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

@LocalPlatformTest(TransformHandler.class)
@MicronautTest
class TransformByExpressionTest {

    @Inject
    ApplicationContext context;

    @Inject
    Expressions expressions;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\": [1, 2, 3]} | $sum(a) | 6",
                "[1, 2] | $ | [1, 2]",
                "\"text\" | $uppercase($) | \"TEXT\"",
                "{\"a\": 1} | b | null",
                "{\"a\": null} | {\"x\": a} | {\"x\": null}",
                "{\"first\": \"Ann\", \"last\": \"Lee\"} | {\"name\": first & \" \" & last} | {\"name\": \"Ann Lee\"}",
                "{\"a\": 0.1} | a * 3 | 0.30000000000000004",
                "{\"a\": \"x1y2\"} | $replace(a, /[0-9]/, \"-\") | \"x-y-\"",
                "{\"a\": \"x1y2\"} | $split(a, /[0-9]/) | [\"x\", \"y\", \"\"]",
                "{\"a\": [\"ab\", \"cd\"]} | a[$contains(/c/)] | \"cd\"",
                "{\"a\": \"ab\"} | (a ~> /b/).start | 1",
                "1 | $eval(\"$ + 1\") | 2",
            })
    void the_result_is_the_value_of_the_expression(String data, String expression, String value, Sql app)
            throws SQLException {
        assertThat(app.value("select transform_data(?::jsonb, ?)", data, expression))
                .isEqualTo(value);
    }

    @Test
    void bindings_are_variables(Sql app) throws SQLException {
        assertThat(app.value("select transform_data('{\"n\": 2}', 'n * $rate', '{\"rate\": 1.5}')"))
                .isEqualTo("3");
        assertThat(app.value("""
                        select string_agg(result::text, ' ' order by ordinality)
                          from transform_data_batch('{1,null,2}', '$ + $add', '{"add": 10}')""")).isEqualTo("11 12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "123456789012345678901234567890",
                "0.123456789012345678901234567890",
                "-98765432109876543210.0123456789",
            })
    void numbers_with_more_digits_than_a_double_are_copied_and_never_computed_with(String number, Sql app)
            throws SQLException {
        assertThat(app.value(
                        "select transform_data(jsonb_build_object('n', ?::numeric), '{\"m\": [n]}')->'m'->>0", number))
                .isEqualTo(number);
        assertThat(app.value("select transform_data(jsonb_build_object('n', ?::numeric), '$string(n)')#>>'{}'", number))
                .isEqualTo(number);
        for (String expression : new String[] {"n + 1", "$sum([n])", "$round(n)", "-n"}) {
            assertThatThrownBy(() -> app.value(
                            "select transform_data(jsonb_build_object('n', ?::numeric), ?)", number, expression))
                    .isInstanceOfSatisfying(PSQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("22023");
                        assertThat(e.getServerErrorMessage().getMessage()).contains("would lose some of its digits");
                    });
        }
    }

    @Test
    void now_is_the_time_of_the_call_and_not_that_of_the_compilation() {
        String first = answer("1", "$millis()");
        for (long before = System.currentTimeMillis(); System.currentTimeMillis() == before; ) {
            Thread.onSpinWait();
        }
        assertThat(answer("1", "$millis()")).isNotEqualTo(first);
    }

    @Test
    void nulls_and_literals_of_unknown_type_are_told_apart(Sql app) throws SQLException {
        assertThat(app.value("select transform_data(null, '1')")).isNull();
        assertThat(app.value("select transform_data('{\"value\": \"a\"}')->>'status'"))
                .isEqualTo("success");
        assertThat(app.value("select transform_data('{}', '1', null)")).isEqualTo("1");
        assertThat(app.value("select count(*)::text from transform_data_batch('{}')"))
                .isEqualTo("0");
        for (String call : new String[] {"transform_data('{}', null)", "transform_data_batch('{1}', null)"}) {
            assertThatThrownBy(() -> app.value("select " + call + "::text"))
                    .isInstanceOfSatisfying(PSQLException.class, e -> assertThat(e.getSQLState())
                            .isEqualTo("22004"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a.[ | position=",
                "(1 | position=2",
                "1 + \"a\" | T2002",
                "$error(\"no such thing\") | no such thing",
                "$sqrt(-1) | negative",
                "$sum | contains a function",
                "{\"f\": function($x) {$x}} | contains a function",
                "[1..20000000] | must not exceed",
                "$substring(\"🦆\", 0, 1) & \"\\ud83e\" | surrogate",
                "\"\\u0000\" | NUL",
            })
    void mistakes_raise_22023_with_the_reason(String expression, String reason, Sql app) {
        assertThatThrownBy(() -> app.value("select transform_data('{\"a\": 1}', ?)", expression))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().toString()).contains(reason);
                });
    }

    @Test
    void a_batch_has_an_outcome_for_each_item(Sql app) throws SQLException {
        assertThat(app.value("""
                        select string_agg(coalesce(result::text, error->>'sqlstate'), ' ' order by ordinality)
                          from transform_data_batch('{1,"\\"a\\"",3}', '$ + 1')""")).isEqualTo("2 22023 4");
        assertThat(app.value("""
                        select string_agg(error->>'message', '; ') from transform_data_batch('{1,2}', '$ +')"""))
                .isEqualTo("the expression is not valid JSONata; the expression is not valid JSONata");
    }

    @Test
    void bindings_must_be_an_object_and_have_an_expression() {
        assertThat(reply("{\"data\": 1, \"options\": {\"expression\": \"1\", \"bindings\": [1]}}"))
                .contains("22023", "bindings must be an object");
        assertThat(reply("{\"data\": {\"value\": \"a\"}, \"options\": {\"bindings\": {}}}"))
                .contains("22023", "there is none");
        assertThat(reply("{\"data\": 1, \"options\": {\"expresion\": \"1\"}}")).contains("22023", "is not known");
    }

    @Test
    void compiled_expressions_are_kept_within_bounds() {
        for (int i = 0; i < 600; i++) {
            answer("1", "$ + " + i);
        }
        assertThat(expressions.kept()).isEqualTo(500);

        for (int i = 0; i < 10; i++) {
            answer("1", "/* " + "long".repeat(10_000) + " */ $ + " + i);
        }
        assertThat(expressions.kept()).isEqualTo(6); // of 40,000 characters each, in 250,000
    }

    private String answer(String data, String expression) {
        return reply("{\"data\": " + data + ", \"options\": {\"expression\": \"" + expression + "\"}}");
    }

    private String reply(String request) {
        return new LambdaFunction(context, TransformHandler.class)
                .execute(Payload.of(request))
                .text();
    }
}
