package dev.pglambda.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.call.Payload;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.Caller;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import dev.pglambda.json.JsonReader;
import dev.pglambda.json.JsonText;
import dev.pglambda.json.UnfitJsonException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaFunctionTest {

    private static final String GOOD = """
            {"customer": "Ann", "express": true, "lines": [{"pieces": 2, "price": 1.50}]}""";

    private static ApplicationContext context;
    private static LambdaFunction function;
    private static OrderHandler handler;

    @BeforeAll
    static void start() {
        context = ApplicationContext.run();
        function = new LambdaFunction(context, OrderHandler.class);
        handler = context.getBean(OrderHandler.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void one_item_gives_one_result() {
        assertThat(reply("{\"data\": " + GOOD + "}").text())
                .isEqualTo("{\"result\":{\"customer\":\"Ann\",\"total\":3.00,\"rest\":{}}}");
    }

    @Test
    void the_stream_entry_point_answers_the_same_as_the_one_by_objects() throws IOException {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(("{\"data\": " + GOOD + "}").getBytes(StandardCharsets.UTF_8));
        function.handleRequest(in, out, null);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(reply("{\"data\": " + GOOD + "}").text());
    }

    @Test
    void numbers_keep_every_digit_both_ways() {
        String item = """
                {"customer": "Ann", "express": false,
                 "lines": [{"pieces": 1, "price": 123456789012345678901234567890.123456789012345678901}],
                 "big": 9007199254740993, "bigger": 123456789012345678901234567890, "small": 0.1000}""";
        assertThat(reply("{\"data\": " + item + "}").text())
                .contains("\"total\":123456789012345678901234567890.123456789012345678901")
                .contains("\"big\":9007199254740993")
                .contains("\"bigger\":123456789012345678901234567890")
                .contains("\"small\":0.1000");
    }

    @Test
    void unknown_members_of_an_item_are_kept_where_the_type_takes_them() {
        JsonNode result = json(reply(
                        "{\"data\": " + GOOD.replace("{\"customer\"", "{\"note\": [1, null, {}], \"customer\"") + "}"))
                .get("result");
        assertThat(JsonText.of(result.get("rest"))).isEqualTo("{\"note\":[1,null,{}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | neither \"data\" nor \"batch\"",
                "{\"data\": 1, \"batch\": []} | both \"data\" and \"batch\"",
                "[1] | not an object, but array [1]",
                "\"text\" | not an object, but text \"text\"",
                "null | not an object, but JSON null",
                "{\"batch\": {}} | \"batch\" is not an array, but object {}",
                "{\"data\": 1, \"options\": []} | \"options\" is not an object",
                "{\"data\": 1, \"timeoutMs\": 0} | \"timeoutMs\" is not a positive number",
                "{\"data\": 1, \"timeoutMs\": \"1\"} | \"timeoutMs\" is not a positive number",
                "{\"data\": 1, \"id\": 7} | \"id\" is not text, but number 7",
                "{\"data\": 1, \"ids\": [\"a\"]} | the request has \"ids\", but no \"batch\"",
                "{\"batch\": [1], \"ids\": \"a\"} | \"ids\" is not an array, but text \"a\"",
                "{\"batch\": [1, 2], \"ids\": [\"a\"]} | \"ids\" has 1 elements, and \"batch\" has 2",
                "{\"batch\": [], \"ids\": [\"a\"]} | \"ids\" has 1 elements, and \"batch\" has 0",
                "{\"batch\": [1], \"ids\": [7]} | \"ids\" has an element that is not text, but number 7",
                "{\"batch\": [1], \"ids\": [null]} | \"ids\" has an element that is not text, but JSON null",
                "{\"data\": 1, \"caller\": 7} | \"caller\" is not an object",
                "{\"data\": 1, \"throwErrors\": 1} | \"throwErrors\" is not true or false",
                "{\"data\": | not valid JSON",
                "{\"data\": 1} {} | more than one JSON value",
                "'' | the request is empty",
            })
    void a_wrong_request_gets_22023_that_shows_the_right_form(String request, String message) {
        JsonNode error = error(reply(request));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("22023");
        assertThat(error.get("message").getStringValue()).contains(message);
        assertThat(error.get("hint").getStringValue()).contains("{\"data\": …}");
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        JsonNode error = error(function.execute(new Payload(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("22023");
        assertThat(error.get("message").getStringValue()).isEqualTo("the request is not valid JSON");
    }

    @Test
    void an_action_of_another_function_gets_39000_that_names_the_registry() {
        JsonNode error = error(reply("{\"action\": \"validate\", \"data\": " + GOOD + "}"));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("39000");
        assertThat(error.get("message").getStringValue()).isEqualTo("function order was asked for validate");
    }

    @Test
    void the_configured_name_has_precedence_over_the_class_name() {
        try (var named = ApplicationContext.run(java.util.Map.of("pglambda.function", "pricing"))) {
            var pricing = new LambdaFunction(named, OrderHandler.class);
            assertThat(pricing.execute(Payload.of("{\"action\": \"pricing\", \"data\": " + GOOD + "}"))
                            .text())
                    .startsWith("{\"result\":");
        }
    }

    @Test
    void every_violation_of_an_item_is_listed() {
        JsonNode error = error(reply(
                "{\"data\": {\"customer\": \" \", \"lines\": [{\"pieces\": 0}, {\"pieces\": 1.5, \"price\": 1}]}}"));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("22023");
        assertThat(error.get("message").getStringValue()).isEqualTo("the item is not what function order takes");
        assertThat(error.get("detail").getStringValue())
                .isEqualTo("customer: must not be blank; express: must not be null;"
                        + " lines[1].pieces: must be an integer, not number 1.5");
        assertThat(error.get("hint").getStringValue())
                .isEqualTo("Function order takes {\"customer\", \"lines\", \"express\", …}.");
    }

    @Test
    void nested_constraints_are_checked() {
        JsonNode error =
                error(reply("{\"data\": {\"customer\": \"Ann\", \"express\": false, \"lines\": [{\"pieces\": 0}]}}"));
        assertThat(error.get("detail").getStringValue())
                .contains("lines[0].pieces: must be greater than or equal to 1")
                .contains("lines[0].price: must not be null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"customer\": 5, \"express\": true, \"lines\": []} | customer: must be text, not number 5",
                "{\"customer\": \"A\", \"express\": 1, \"lines\": []} | express: must be true or false, not number 1",
                "{\"customer\": \"A\", \"express\": null, \"lines\": []} | express: must not be null",
                "{\"customer\": \"A\", \"express\": true, \"lines\": {}} | lines: must be an array, not object {}",
                "{\"customer\": \"A\", \"express\": true, \"lines\": [3]} | lines[0]: must be an object, not number 3",
                "{\"customer\": \"A\", \"express\": true, \"lines\": [{\"pieces\": 3000000000, \"price\": 1}]}"
                        + " | lines[0].pieces: must be between -2147483648 and 2147483647, not number 3000000000",
                "{\"customer\": \"A\", \"express\": true, \"lines\": [{\"pieces\": 1e999999, \"price\": 1}]}"
                        + " | lines[0].pieces: must be between -2147483648 and 2147483647, not number 1E+999999",
                "{\"customer\": \"A\", \"express\": true, \"lines\": [{\"pieces\": 1, \"price\": \"1\"}]}"
                        + " | lines[0].price: must be a number, not text \"1\"",
                "7 | must be an object, not number 7",
                "null | must not be null",
            })
    void a_wrong_type_is_refused_and_never_converted(String item, String detail) {
        assertThat(error(reply("{\"data\": " + item + "}")).get("detail").getStringValue())
                .isEqualTo(detail);
    }

    @Test
    void a_whole_number_written_as_a_fraction_is_an_integer() {
        assertThat(reply(
                                "{\"data\": {\"customer\": \"A\", \"express\": true, \"lines\": [{\"pieces\": 2.0, \"price\": 1}]}}")
                        .text())
                .contains("\"total\":2");
    }

    @Test
    void unknown_and_wrong_options_are_listed_and_fail_the_whole_batch() {
        JsonNode error = error(
                reply("{\"batch\": [" + GOOD + "], \"options\": {\"discount\": -1, \"zzz\": 1, \"dicsount\": 2}}"));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("22023");
        assertThat(error.get("detail").getStringValue())
                .isEqualTo("dicsount: is not known; discount: must be greater than or equal to 0; zzz: is not known");
        assertThat(error.get("hint").getStringValue()).contains("{\"discount\"}");
    }

    @Test
    void options_reach_the_handler_typed() {
        assertThat(reply("{\"data\": " + GOOD + ", \"options\": {\"discount\": 0.25}}")
                        .text())
                .contains("\"total\":2.75");
    }

    @Test
    void an_expected_failure_is_returned_with_all_that_sql_shows() {
        assertThat(reply("{\"data\": " + GOOD.replace("Ann", "nobody") + "}").text())
                .isEqualTo("{\"error\":{\"sqlstate\":\"P0002\",\"message\":\"customer nobody does not exist\","
                        + "\"detail\":\"d\",\"hint\":\"h\"}}");
    }

    @Test
    void a_bug_is_thrown_so_that_lambda_sees_it() {
        assertThatThrownBy(() -> reply("{\"data\": " + GOOD.replace("Ann", "bug") + "}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug with row (1, secret)");
    }

    @Test
    void one_bad_item_of_a_batch_fails_no_other_and_the_order_is_kept() {
        String batch = String.join(
                ",", GOOD, GOOD.replace("Ann", "nobody"), "17", GOOD.replace("Ann", "bug"), GOOD.replace("Ann", "Bob"));
        List<String> results = new java.util.ArrayList<>();
        json(reply("{\"batch\": [" + batch + "]}"))
                .get("results")
                .values()
                .forEach(node -> results.add(JsonText.of(node)));
        assertThat(results).hasSize(5);
        assertThat(results.get(0)).startsWith("{\"result\":{\"customer\":\"Ann\"");
        assertThat(results.get(1)).contains("\"P0002\"");
        assertThat(results.get(2)).contains("\"22023\"");
        assertThat(results.get(3))
                .contains("\"38000\"")
                .contains("java.lang.IllegalStateException, call ")
                .doesNotContain("secret");
        assertThat(results.get(4)).startsWith("{\"result\":{\"customer\":\"Bob\"");
    }

    @Test
    void each_item_of_a_batch_with_ids_is_handled_under_its_own_also_beside_a_bad_one() {
        handler.callIds.clear();
        reply("{\"id\": \"batch\", \"ids\": [\"a\", \"x\", \"b\"], \"batch\": [" + GOOD + ", 17, "
                + GOOD.replace("Ann", "Bob") + "]}");
        assertThat(handler.callIds).isEqualTo(java.util.Map.of("Ann", "a", "Bob", "b"));
    }

    @Test
    void items_of_a_batch_without_ids_are_handled_under_the_id_of_the_call() {
        handler.callIds.clear();
        reply("{\"id\": \"batch\", \"ids\": null, \"batch\": [" + GOOD + ", " + GOOD.replace("Ann", "Bob") + "]}");
        assertThat(handler.callIds).isEqualTo(java.util.Map.of("Ann", "batch", "Bob", "batch"));
    }

    @Test
    void an_empty_batch_gives_empty_results() {
        assertThat(reply("{\"batch\": []}").text()).isEqualTo("{\"results\":[]}");
    }

    @Test
    void items_after_the_deadline_are_not_begun() {
        var order = new OrderHandler.Order("Ann", List.of(), true, java.util.Map.of());
        Call late = Call.of("id").withDeadline(Deadline.of(Duration.ZERO));
        handler.lastCall = null;
        assertThat(handler.handleAll(List.of(order, order), late)).hasSize(2).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failure.class,
                        failure -> assertThat(failure.error().sqlState()).isEqualTo("39000")));
        assertThat(handler.lastCall).isNull();
    }

    @Test
    void a_reply_over_lambdas_limit_gets_54000() {
        JsonNode error = error(reply("{\"data\": " + GOOD.replace("Ann", "huge") + "}"));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("54000");
        assertThat(error.get("message").getStringValue()).contains("6291556");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\": 1, \"throwErrors\": true}",
                "{\"batch\": [1], \"throwErrors\": true}",
                "{\"throwErrors\": true}",
                "{\"batch\": 5, \"throwErrors\": true}",
                "{\"throwErrors\": true, \"data\": 1, \"options\": {\"zzz\": 1}}",
                "{\"throwErrors\": true, \"data\": {\"customer\": \"huge\", \"lines\": [], \"express\": true}}",
                "{\"throwErrors\": true, \"batch\": [{\"customer\": \"unwritable\", \"lines\": [], \"express\": true}]}",
            })
    void throw_errors_makes_every_failure_visible_to_lambda(String request) {
        assertThatThrownBy(() -> reply(request)).isInstanceOf(HandlerException.class);
    }

    @Test
    void a_result_that_cannot_be_written_fails_its_item_alone() {
        String batch = String.join(
                ",", GOOD, GOOD.replace("Ann", "unwritable"), GOOD.replace("Ann", "nul"), GOOD.replace("Ann", "Bob"));
        List<JsonNode> results = new java.util.ArrayList<>();
        json(reply("{\"batch\": [" + batch + "]}")).get("results").values().forEach(results::add);
        assertThat(results).hasSize(4);
        assertThat(results.get(0).get("result")).isNotNull();
        assertThat(results.get(1).get("error").get("sqlstate").getStringValue()).isEqualTo("38000");
        assertThat(results.get(2).get("error").get("detail").getStringValue()).contains("NUL");
        assertThat(results.get(3).get("result")).isNotNull();
    }

    @Test
    void a_sqlstate_of_the_session_arrives_as_38000_with_the_code_in_the_detail() {
        JsonNode error = error(reply("{\"data\": " + GOOD.replace("Ann", "session") + "}"));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("38000");
        assertThat(error.get("detail").getStringValue()).isEqualTo("d The function gave SQLSTATE 57014.");
    }

    @Test
    void an_item_that_is_too_deep_or_has_a_nul_fails_alone_and_a_long_number_does_not() {
        String deep = "[".repeat(1_001) + "]".repeat(1_001);
        String longNumber = "9".repeat(131_072);
        String batch = String.join(
                ",",
                GOOD,
                deep,
                "{\"customer\": \"a\\u0000\"}",
                GOOD.replace("{\"customer\"", "{\"n\": " + longNumber + ", \"customer\""));
        List<JsonNode> results = new java.util.ArrayList<>();
        json(reply("{\"batch\": [" + batch + "]}")).get("results").values().forEach(results::add);
        assertThat(results).hasSize(4);
        assertThat(results.get(0).get("result")).isNotNull();
        assertThat(results.get(1).get("error").get("sqlstate").getStringValue()).isEqualTo("54000");
        assertThat(results.get(1).get("error").get("message").getStringValue())
                .isEqualTo("the item is nested more than 1000 levels deep");
        assertThat(results.get(2).get("error").get("sqlstate").getStringValue()).isEqualTo("22023");
        assertThat(results.get(3).get("result").get("rest").get("n").getBigIntegerValue())
                .isEqualTo(longNumber);
    }

    @Test
    void the_call_carries_id_caller_and_the_earlier_of_both_deadlines() throws IOException {
        call(
                Payload.of("{\"data\": " + GOOD + ", \"id\": \"abc\", \"timeoutMs\": 60000, "
                        + "\"caller\": {\"database\": \"demodb\", \"user\": \"app\", \"application\": \"psql\"}}"),
                new LambdaContextOf(Duration.ofSeconds(20)));
        assertThat(handler.lastCall.id()).isEqualTo("abc");
        assertThat(handler.lastCall.caller()).isEqualTo(new Caller("demodb", "app", "psql"));
        assertThat(handler.lastCall.deadline().remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
    }

    @Test
    void a_context_of_an_earlier_call_sets_no_deadline_for_the_next() throws IOException {
        call(Payload.of("{\"data\": " + GOOD + "}"), new LambdaContextOf(Duration.ofSeconds(20)));
        reply("{\"data\": " + GOOD + "}");
        assertThat(handler.lastCall.deadline().isFinite()).isFalse();
    }

    @Test
    void a_call_without_id_gets_one() {
        reply("{\"data\": " + GOOD + "}");
        assertThat(handler.lastCall.id()).hasSize(36);
    }

    @Test
    void text_with_nul_is_refused_and_an_escaped_backslash_is_not() {
        JsonNode error = error(reply("{\"data\": {\"customer\": \"a\\u0000b\", \"lines\": []}}"));
        assertThat(error.get("sqlstate").getStringValue()).isEqualTo("22023");
        assertThat(error.get("message").getStringValue()).contains("\\u0000");
        assertThat(reply("{\"data\": " + GOOD.replace("Ann", "a\\\\u0000b") + "}")
                        .text())
                .contains("a\\\\u0000b");
    }

    @Test
    void nesting_up_to_the_limit_works_and_over_it_is_refused() {
        String deep = "[".repeat(900) + "]".repeat(900);
        assertThat(reply("{\"data\": " + GOOD.replace("{\"customer\"", "{\"deep\": " + deep + ", \"customer\"") + "}")
                        .text())
                .contains(deep);
        String tooDeep = "[".repeat(50_000) + "]".repeat(50_000);
        assertThat(error(reply("{\"data\": " + tooDeep + "}")).get("sqlstate").getStringValue())
                .isEqualTo("54000");
    }

    @Test
    void text_of_any_script_comes_back_as_it_was() {
        String text = "Grüße, 世界, 🦆";
        JsonNode result =
                json(reply("{\"data\": " + GOOD.replace("Ann", text) + "}")).get("result");
        assertThat(result.get("customer").getStringValue()).isEqualTo(text);
    }

    private static Payload reply(String request) {
        return function.execute(Payload.of(request));
    }

    private static Payload call(Payload request, LambdaContextOf lambda) throws IOException {
        var out = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(request.json()), out, lambda);
        return new Payload(out.toByteArray());
    }

    private static JsonNode json(Payload payload) {
        try (JsonReader json = new JsonReader(payload.json())) {
            json.next();
            return json.value();
        } catch (IOException | UnfitJsonException e) {
            throw new AssertionError(payload.text(), e);
        }
    }

    private static JsonNode error(Payload reply) {
        JsonNode error = json(reply).get("error");
        assertThat(error).as(reply.text()).isNotNull();
        return error;
    }
}
