package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pglambda.local.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;

/**
 * Items and options of all of Unicode, of any depth and any length of a number, as single calls, in batches and as durable
 * calls: every item has an outcome of its own, and none fails another.
 */
class HostileItemsTest {

    private static final long SEED = 20_260_101;
    private static final int BATCHES = 60;
    private static final int ITEMS = 25;
    private static final String NO_OPTIONS = "{}";
    private static final String GOOD = "{\"id\": 424242, \"value\": \"good\"}";

    /** What an item may end with: of the caller's making, all of them. */
    private static final List<String> OF_THE_CALLER = List.of("22023", "23505", "54000");

    private static final List<String> EXPRESSIONS = List.of(
            "$",
            "$error($string($))",
            "$assert(false, $string($))",
            "$error($string($) & \"\\u0000\")",
            "$error($substring($string($), 1, 39) & \"\\ud800\")",
            "$substring($string($), 0, 38) & \"\\udc00\"",
            "$error($base64decode(\"AAAA\"))",
            "{$string($): 1, \"b\": value}",
            "$uppercase($string(value))",
            "$number($string($))",
            "$ + 1",
            "$length($string($)) > 40 ? $error($pad($string($), 1005, \"😀\")) : $sort([$, 1])");

    private static LocalPlatform platform;
    private Connection master;

    @BeforeAll
    static void start() {
        platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("../handlers")));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
        execute("set aws_lambda.request_timeout_ms = 60000");
    }

    @AfterEach
    void disconnect() throws SQLException {
        master.close();
    }

    /** Which item fails with what, and a part of the message. */
    private record Hostile(String function, String item, String options, String state, String message) {

        Arguments arguments() {
            String shown = item.length() > 60 ? item.substring(0, 57) + "..." : item;
            return Arguments.of(Named.of(function + " " + shown, this));
        }
    }

    static Stream<Arguments> hostileItems() {
        String emojis = "😀".repeat(98);
        return Stream.of(
                        new Hostile(
                                "process",
                                "{\"id\": \"" + "😀".repeat(20) + "\", \"value\": \"x\"}",
                                NO_OPTIONS,
                                "22023",
                                "item is not"),
                        new Hostile(
                                "process",
                                "{\"id\": \"" + "a".repeat(38) + "🎉 happy birthday to you\", \"value\": \"x\"}",
                                NO_OPTIONS,
                                "22023",
                                "item is not"),
                        new Hostile(
                                "process",
                                "{\"id\": \"" + emojis + "\", \"value\": \"x\"}",
                                NO_OPTIONS,
                                "22023",
                                "item is not"),
                        new Hostile(
                                "process", "{\"id\": " + "9".repeat(1001) + "}", NO_OPTIONS, "22023", "item is not"),
                        new Hostile(
                                "process",
                                "{\"id\": 1, \"value\": \"x\", \"a\": " + "[".repeat(3000) + "]".repeat(3000) + "}",
                                NO_OPTIONS,
                                "54000",
                                "levels deep"),
                        new Hostile("transform", "[".repeat(3000) + "]".repeat(3000), expression("$"), "54000", "deep"),
                        new Hostile(
                                "transform",
                                "\"x\"",
                                expression("$ = \"x\" ? $error(\"a\\u0000b\") : $"),
                                "22023",
                                "a\uFFFDb"),
                        new Hostile(
                                "transform",
                                "\"x\"",
                                expression("$ = \"x\" ? $error(\"a\\ud800b\") : $"),
                                "22023",
                                "a\uFFFDb"),
                        new Hostile(
                                "transform",
                                "\"x\"",
                                expression("$ = \"x\" ? $error($base64decode(\"AAAA\")) : $"),
                                "22023",
                                "\uFFFD"),
                        new Hostile(
                                "transform",
                                "\"x\"",
                                expression("$ = \"x\" ? $error(\"x" + emojis.repeat(20) + "\") : $"),
                                "22023",
                                "😀"))
                .map(Hostile::arguments);
    }

    private static String expression(String text) {
        return "{\"expression\": " + HostileJson.quoted(text) + "}";
    }

    @ParameterizedTest
    @MethodSource("hostileItems")
    void an_item_fails_as_itself_as_a_single_call_in_a_batch_and_as_a_durable_call(Hostile hostile) throws Exception {
        List<String> items = List.of(GOOD, hostile.item(), GOOD);
        Outcome alone = call(hostile.function(), hostile.item(), hostile.options());
        assertThat(alone.state()).as(alone.text()).contains(hostile.state());
        assertThat(alone.text()).contains(hostile.message());
        List<Outcome> batch = batch(hostile.function(), items, hostile.options());
        assertThat(batch.get(0).state()).as(batch.get(0).text()).isEmpty();
        assertThat(batch.get(1).state()).as(batch.get(1).text()).contains(hostile.state());
        assertThat(batch.get(1).text()).contains(hostile.message());
        assertThat(batch.get(2).state()).as(batch.get(2).text()).isEmpty();
        assertThat(durable(hostile.function(), items, hostile.options()))
                .as("the good ones are done, the other is dead at once")
                .containsExactly("done", "dead " + hostile.state() + " after 1", "done");
    }

    /** Longer than a double or a long, and no longer than {@code numeric}. */
    @Test
    void numbers_of_any_length_are_copied_digit_by_digit() throws SQLException {
        for (String number : List.of("1e131071", "1e-16383", "7".repeat(131_072), "0." + "3".repeat(16_383))) {
            assertThat(value(
                            "select (pglambda.invoke('transform', jsonb_build_object('a', ?::numeric),"
                                    + " '{\"expression\": \"a\"}')) = to_jsonb(?::numeric)",
                            number,
                            number))
                    .isEqualTo("t");
        }
    }

    @Test
    void random_items_each_have_an_outcome_alone_and_in_a_batch() throws SQLException {
        HostileJson json = new HostileJson(new Random(SEED));
        for (int round = 0; round < BATCHES; round++) {
            String function = json.oneOf(List.of("process", "transform", "validate"));
            String options = knownOptions(function, json);
            List<String> items = items(json, round);
            List<Outcome> batch = batch(function, items, options);
            assertThat(batch).as(function + options).hasSize(items.size());
            for (int i = 0; i < items.size(); i++) {
                batch.get(i).assertOfTheCaller(function, options, items.get(i));
                if (i % 5 == 0 && !function.equals("process")) {
                    Outcome alone = call(function, items.get(i), options);
                    assertThat(alone.state())
                            .as(items.get(i))
                            .isEqualTo(batch.get(i).state());
                }
            }
        }
    }

    @Test
    void random_options_are_used_or_refused_by_name() throws SQLException {
        HostileJson json = new HostileJson(new Random(SEED + 1));
        for (int round = 0; round < 4 * BATCHES; round++) {
            boolean schema = json.below(2) == 0;
            String options = schema
                    ? "{\"schema\": {\"pattern\": " + json.string() + ", \"const\": " + json.value() + "}}"
                    : "{\"expression\": " + json.string() + "}";
            String function = schema ? "validate" : "transform";
            String item = json.value();
            call(function, item, options).assertOfTheCaller(function, options, item);
            for (Outcome outcome : batch(function, List.of(item, GOOD), options)) {
                outcome.assertOfTheCaller(function, options, item);
            }
        }
    }

    @Test
    void random_durable_calls_are_done_or_dead_at_their_first_attempt() throws Exception {
        HostileJson json = new HostileJson(new Random(SEED + 2));
        for (String function : List.of("process", "transform", "validate")) {
            List<String> items = items(json, 1_000_000);
            List<String> states = durable(function, items, knownOptions(function, json));
            for (int i = 0; i < items.size(); i++) {
                assertThat(states.get(i)).as(items.get(i)).matches("done|dead (22023|23505|54000) after 1");
            }
        }
    }

    private static String knownOptions(String function, HostileJson json) {
        return switch (function) {
            case "transform" -> expression(json.oneOf(EXPRESSIONS));
            case "validate" ->
                "{\"schema\": "
                        + json.oneOf(List.of(
                                "{\"type\": \"integer\", \"multipleOf\": 0.01}",
                                "{\"maxLength\": 3, \"propertyNames\": {\"maxLength\": 1}}",
                                "{\"const\": " + json.value() + "}",
                                "{\"enum\": [" + json.value() + ", " + json.value() + "]}",
                                "{\"required\": [" + json.string() + "], \"uniqueItems\": true}",
                                "{\"additionalProperties\": {\"type\": \"string\", \"format\": \"date\"}}"))
                        + "}";
            default -> NO_OPTIONS;
        };
    }

    private static List<String> items(HostileJson json, int round) {
        return IntStream.range(0, ITEMS)
                .mapToObj(i -> switch (i % 4) {
                    case 0 -> "{\"id\": " + (1 + round * ITEMS + i) + ", \"value\": " + json.string() + "}";
                    case 1 -> "{\"id\": " + json.value() + ", \"value\": " + json.value() + "}";
                    case 2 -> json.object(3);
                    default -> json.value();
                })
                .toList();
    }

    /** The result, or the SQLSTATE of an error with all of its text. */
    private record Outcome(Optional<String> state, String text) {

        void assertOfTheCaller(String function, String options, String item) {
            if (state.isPresent() && !OF_THE_CALLER.contains(state.get())) {
                fail("%s %s of %s: %s %s".formatted(function, options, item, state.get(), text));
            }
        }
    }

    private Outcome call(String function, String item, String options) throws SQLException {
        try {
            return new Outcome(
                    Optional.empty(), value("select pglambda.invoke(?, ?::jsonb, ?::jsonb)", function, item, options));
        } catch (PSQLException e) {
            return new Outcome(Optional.of(e.getSQLState()), e.getMessage());
        }
    }

    /** A batch that fails as a whole, which only its options may do, gives each item that error. */
    private List<Outcome> batch(String function, List<String> items, String options) throws SQLException {
        List<Outcome> outcomes = new ArrayList<>();
        try (PreparedStatement statement = master.prepareStatement(
                "select b.result::text, b.error ->> 'sqlstate', b.error::text, b.result is null = (b.error is not null)"
                        + " from pglambda.invoke_batch(?, ?::jsonb[], ?::jsonb) b order by b.ordinality")) {
            Array array = master.createArrayOf("text", items.toArray());
            statement.setString(1, function);
            statement.setArray(2, array);
            statement.setString(3, options);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    assertThat(rows.getBoolean(4))
                            .as("either a result or an error")
                            .isTrue();
                    Optional<String> state = Optional.ofNullable(rows.getString(2));
                    outcomes.add(new Outcome(state, state.isPresent() ? rows.getString(3) : rows.getString(1)));
                }
            }
            return outcomes;
        } catch (PSQLException e) {
            assertThat(e.getMessage())
                    .as("only options fail a batch as a whole")
                    .containsAnyOf("option", "expression", "schema");
            return items.stream()
                    .map(item -> new Outcome(Optional.of(e.getSQLState()), e.getMessage()))
                    .toList();
        }
    }

    /** The states after delivery: {@code done}, or {@code dead <SQLSTATE> after <attempts>}. */
    private List<String> durable(String function, List<String> items, String options) throws SQLException {
        List<Long> ids = new ArrayList<>();
        master.setAutoCommit(false); // so that they are delivered together
        for (String item : items) {
            ids.add(Long.valueOf(value("select pglambda.enqueue(?, ?::jsonb, ?::jsonb)", function, item, options)));
        }
        master.commit();
        master.setAutoCommit(true);
        Array all = master.createArrayOf("bigint", ids.toArray());
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> states(all).stream()
                .allMatch(state -> state.matches("(done|dead).*")));
        return states(all);
    }

    private List<String> states(Array ids) throws SQLException {
        List<String> states = new ArrayList<>();
        try (PreparedStatement statement = master.prepareStatement(
                "select case state when 'dead' then format('dead %s after %s', error ->> 'sqlstate', attempts) else state end"
                        + " from pglambda.outbox where id = any (?) order by id")) {
            statement.setArray(1, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.add(rows.getString(1));
                }
            }
        }
        return states;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = master.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = master.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
