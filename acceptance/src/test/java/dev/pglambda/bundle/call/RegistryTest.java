package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
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
        operator.execute("select pglambda.unregister(name) from pglambda.functions where name = 'form'");
        operator.execute("select pglambda.register('form', '" + given + "')");
        assertThat(operator.value(
                        "select row(arn, region, qualifier)::text from pglambda.functions where name = 'form'"))
                .isEqualTo(operator.value("select row(?::text, ?::text, ?::text)::text", arn, region, qualifier));
    }

    @Test
    void every_column_can_be_given() {
        operator.execute(
                "select pglambda.register(name => 'all', arn => 'f', region => 'eu-central-1', qualifier => 'v',"
                        + " timeout_ms => 900000, max_batch_items => 10000, max_concurrency => 3, max_attempts => 1,"
                        + " action => 'price')");
        assertThat(row("all")).isEqualTo("(all,price,f,eu-central-1,v,900000,10000,3,1,t)");
    }

    @Test
    void new_function_needs_no_more_than_a_name_and_an_arn() {
        operator.execute("select pglambda.register('new', 'f')");
        assertThat(row("new")).isEqualTo("(new,,f,,,,1000,,10,t)");
    }

    @Test
    void registering_again_changes_what_is_said_and_keeps_what_is_not() {
        operator.execute("select pglambda.register('again', 'f:v', 'eu-central-1', timeout_ms => 700,"
                + " max_batch_items => 5, max_concurrency => 3, max_attempts => 2, action => 'price')");
        operator.execute("select pglambda.disable('again')");
        operator.execute("select pglambda.register('again', max_concurrency => 4)");
        assertThat(row("again")).isEqualTo("(again,price,f,eu-central-1,v,700,5,4,2,f)");
        operator.execute("select pglambda.register('again', 'arn:aws:lambda:us-east-1:123456789012:function:g')");
        assertThat(row("again"))
                .isEqualTo("(again,price,arn:aws:lambda:us-east-1:123456789012:function:g,us-east-1,v,700,5,4,2,f)");
    }

    @Test
    void empty_text_and_zero_remove_what_was_said() {
        operator.execute("select pglambda.register('less', 'f:v', 'eu-central-1', timeout_ms => 700,"
                + " max_concurrency => 3, action => 'price')");
        operator.execute(
                "select pglambda.register('less', region => '', qualifier => '', action => '', timeout_ms => 0,"
                        + " max_concurrency => 0)");
        assertThat(row("less")).isEqualTo("(less,,f,,,,1000,,10,t)");
    }

    @Test
    void registering_the_same_again_writes_no_row() {
        operator.execute("select pglambda.register('same-row', 'f', timeout_ms => 700)");
        String place = operator.value("select ctid::text from pglambda.functions where name = 'same-row'");
        operator.execute("select pglambda.register('same-row', 'f')");
        assertThat(operator.value("select ctid::text from pglambda.functions where name = 'same-row'"))
                .isEqualTo(place);
    }

    @Test
    void two_who_change_different_things_at_the_same_time_both_have_their_way() throws Exception {
        operator.execute("select pglambda.register('both', 'f')");
        try (Sql first = database.as("operator");
                Sql second = database.as("operator")) {
            first.execute("begin; select pglambda.register('both', timeout_ms => 700)");
            var waiting = CompletableFuture.runAsync(
                    () -> second.execute("select pglambda.register('both', max_attempts => 3)"));
            Awaitility.await().until(() -> operator.value("select count(*)::text from pg_locks where not granted")
                    .equals("1"));
            first.execute("commit");
            waiting.get(60, TimeUnit.SECONDS);
        }
        assertThat(row("both")).isEqualTo("(both,,f,,,700,1000,,3,t)");
    }

    @Test
    void disabled_function_stays_disabled_until_it_is_enabled() {
        operator.execute("select pglambda.register('off', 'f'), pglambda.disable('off')");
        operator.execute("select pglambda.register('off', 'g')");
        assertThat(row("off")).endsWith(",f)");
        operator.execute("select pglambda.enable('off')");
        assertThat(row("off")).endsWith(",t)");
        for (String verb : List.of("enable", "disable", "unregister")) {
            SqlError error = errorOf(() -> operator.execute("select pglambda." + verb + "('nowhere')"));
            assertThat(error.sqlState()).isEqualTo("P0002");
            assertThat(error.message()).isEqualTo("function 'nowhere' is not registered");
            assertThat(error.hint()).isPresent();
        }
    }

    /** A canary: the same function under another name, with another alias. */
    @Test
    void action_of_a_second_name_is_sent_in_the_request() {
        BundleServer.LAMBDA.replies("{\"result\": 1}");
        operator.execute("select pglambda.register('process_canary', 'process:canary', action => 'process')");
        operator.execute("select pglambda.invoke('process_canary', '1')");
        assertThat(operator.value("select ?::jsonb ->> 'action'", BundleServer.LAMBDA.request()))
                .isEqualTo("process");
        assertThat(BundleServer.LAMBDA.requests().get(0).qualifier()).contains("canary");
    }

    @Test
    void region_and_qualifier_may_repeat_what_the_arn_says() {
        operator.execute("select pglambda.register('same', 'arn:aws:lambda:us-east-1:123456789012:function:f:live',"
                + " 'us-east-1', 'live')");
        assertThat(row("same"))
                .isEqualTo("(same,,arn:aws:lambda:us-east-1:123456789012:function:f,us-east-1,live,,1000,,10,t)");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "null, 'f' | A function that is not registered yet needs a name and an arn.",
                "'n', null | A function that is not registered yet needs a name and an arn.",
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
                "'n', 'f:live', qualifier => 'test' | The arn says qualifier 'live', and the argument qualifier says 'test'",
                "'n', 'f', 'Virginia' | The region looks like",
                "'n', 'arn:aws:lambda:us-east-1:123456789012:function:f', 'us-east-2' | The region is the same as",
                "'n', 'f', timeout_ms => 900001 | timeout_ms is",
                "'n', 'f', max_batch_items => 0 | max_batch_items is",
                "'n', 'f', timeout_ms => -1 | timeout_ms is",
                "'n', 'f', max_concurrency => 1001 | max_concurrency is",
                "'n', 'f', max_attempts => 0 | max_attempts is",
                "'n', 'f', action => 'two words' | The action is",
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
    void function_that_is_used_is_not_unregistered() {
        operator.execute("select pglambda.register('used', 'f')");
        operator.execute("select pglambda.define('uses_it(a int) returns int', 'used')");
        try (Sql master = database.as("master")) {
            master.execute("create table orders (id int) partition by range (id);"
                    + "create table orders_1 partition of orders for values from (1) to (10);"
                    + "create trigger send after insert on orders for each row"
                    + " execute function pglambda.enqueue_row('used')");
            operator.execute("select pglambda.enqueue('used', '1')");
            SqlError error = errorOf(() -> operator.execute("select pglambda.unregister('used')"));
            assertThat(error.sqlState()).isEqualTo("2BP01");
            assertThat(error.message()).isEqualTo("function 'used' is in use and stays registered");
            assertThat(error.detail())
                    .contains("1 durable calls, trigger send on public.orders, typed wrapper public.uses_it");
            assertThat(error.hint().orElseThrow()).contains("select pglambda.disable('used');");
            assertThat(row("used")).isNotEmpty();
            master.execute("drop table orders");
        }
        operator.execute("select pglambda.undefine('uses_it')");
        assertThat(errorOf(() -> operator.execute("select pglambda.unregister('used')"))
                        .detail())
                .contains("1 durable calls");
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("delete from pglambda.outbox where function = 'used'");
        }
        operator.execute("select pglambda.unregister('used')");
        assertThat(operator.values("select name from pglambda.functions where name = 'used'"))
                .isEmpty();
    }

    private static String row(String name) {
        return operator.value("select f::text from pglambda.functions f where name = ?", name);
    }
}
