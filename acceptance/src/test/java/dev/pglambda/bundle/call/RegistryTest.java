package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {

    private static BundleServer database;
    private static Sql operator;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        operator = database.as("operator");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "process | process |  | ",
                "process:live | process |  | live",
                "process:$LATEST | process |  | $LATEST",
                "123456789012:function:process | 123456789012:function:process |  | ",
                "123456789012:function:process:7 | 123456789012:function:process |  | 7",
                "arn:aws:lambda:us-east-1:123456789012:function:p"
                        + " | arn:aws:lambda:us-east-1:123456789012:function:p | us-east-1 | ",
                "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:p:live"
                        + " | arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:p | us-gov-west-1 | live",
            },
            delimiter = '|')
    void every_form_of_an_arn_is_accepted(String given, String arn, String region, String qualifier) {
        operator.execute("select pglambda.register('form', '" + given + "')");
        assertThat(operator.value(
                        "select row(arn, region, qualifier)::text from pglambda.functions where name = 'form'"))
                .isEqualTo(operator.value("select row(?::text, ?::text, ?::text)::text", arn, region, qualifier));
    }

    @Test
    void every_column_can_be_given() {
        operator.execute(
                "select pglambda.register(name => 'all', arn => 'f', region => 'eu-central-1', qualifier => 'v',"
                        + " timeout_ms => 900000, max_batch_items => 10000, enabled => false, max_concurrency => 3, max_attempts => 1)");
        assertThat(row("all")).isEqualTo("(all,f,eu-central-1,v,900000,10000,f,3,1)");
    }

    @Test
    void registering_again_replaces_the_whole_row() {
        operator.execute("select pglambda.register('again', 'f', 'eu-central-1', 'v', 1, 1, false)");
        operator.execute("select pglambda.register('again', 'g')");
        assertThat(row("again")).isEqualTo("(again,g,,,,1000,t,,10)");
    }

    @Test
    void region_and_qualifier_may_repeat_what_the_arn_says() {
        operator.execute("select pglambda.register('same', 'arn:aws:lambda:us-east-1:123456789012:function:f:live',"
                + " 'us-east-1', 'live')");
        assertThat(row("same"))
                .isEqualTo("(same,arn:aws:lambda:us-east-1:123456789012:function:f,us-east-1,live,,1000,t,,10)");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "null, 'f' | must not be null",
                "'n', null | must not be null",
                "'', 'f' | The name is",
                "'two words', 'f' | The name is",
                "repeat('n', 65), 'f' | The name is",
                "'n', '' | The arn is",
                "'n', 'two words' | The arn is",
                "'n', ':live' | The arn is",
                "'n', 'arn:aws:s3:::bucket' | The arn is",
                "'n', 'arn:aws:lambda:us-east-1:1:function:f' | The arn is",
                "'n', 'arn:aws:lambda:us-east-1:123456789012:layer:f' | The arn is",
                "'n', 'a:b:c' | The arn is",
                "'n', E'f\\n' | The arn is",
                "'n', 'f:bad qualifier' | The qualifier is",
                "'n', 'f', qualifier => '' | The qualifier is",
                "'n', 'f:live', qualifier => 'test' | The arn says qualifier 'live', and the argument qualifier says 'test'",
                "'n', 'f', 'Virginia' | The region looks like",
                "'n', 'arn:aws:lambda:us-east-1:123456789012:function:f', 'us-east-2' | The region is the same as",
                "'n', 'f', timeout_ms => 0 | timeout_ms is",
                "'n', 'f', timeout_ms => 900001 | timeout_ms is",
                "'n', 'f', max_batch_items => 0 | max_batch_items is",
                "'n', 'f', max_batch_items => null | must not be null",
                "'n', 'f', enabled => null | must not be null",
                "'n', 'f', max_concurrency => 0 | max_concurrency is",
                "'n', 'f', max_attempts => 0 | max_attempts is",
                "'n', 'f', max_attempts => null | must not be null",
            },
            delimiter = '|',
            quoteCharacter = '`')
    void malformed_value_is_22023_with_the_rule(String arguments, String rule) {
        SqlError error = errorOf(() -> operator.execute("select pglambda.register(" + arguments + ")"));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.message()).startsWith("function ").endsWith(" cannot be registered");
        assertThat(error.detail().orElseThrow()).contains(rule);
    }

    @Test
    void function_can_be_unregistered_once() {
        operator.execute("select pglambda.register('brief', 'f')");
        operator.execute("select pglambda.unregister('brief')");
        assertThat(operator.values("select name from pglambda.functions where name = 'brief'"))
                .isEmpty();
        SqlError error = errorOf(() -> operator.execute("select pglambda.unregister('brief')"));
        assertThat(error.sqlState()).isEqualTo("P0002");
        assertThat(error.message()).isEqualTo("function 'brief' is not registered");
    }

    private static String row(String name) {
        return operator.value("select f::text from pglambda.functions f where name = ?", name);
    }
}
