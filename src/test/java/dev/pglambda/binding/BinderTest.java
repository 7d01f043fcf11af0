package dev.pglambda.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.json.JsonReader;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {

    private static ApplicationContext context;
    private static Binders binders;

    @BeforeAll
    static void start() {
        context = ApplicationContext.run();
        binders = context.getBean(Binders.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Serdeable
    record Scalars(
            @Nullable Byte small,
            @Nullable Long large,
            @Nullable BigInteger whole,
            @Nullable BigDecimal decimal,
            @Nullable Double real,
            @Nullable Float shortReal,
            @Nullable Character letter,
            @Nullable Boolean flag,
            @Nullable String text,
            @Nullable Color color,
            @Nullable LocalDate date,
            @Nullable UUID uuid,
            @Nullable byte[] bytes,
            Optional<Integer> maybe,
            OptionalInt perhaps,
            @Nullable Map<String, Integer> counts,
            @Nullable List<List<Integer>> table) {}

    enum Color {
        RED,
        GREEN
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"small\": 128} | small: must be between -128 and 127, not number 128",
                "{\"small\": \"1\"} | small: must be an integer, not text \"1\"",
                "{\"small\": [1]} | small: must be an integer, not array [1]",
                "{\"large\": 1.5} | large: must be an integer, not number 1.5",
                "{\"large\": 9223372036854775808}"
                        + " | large: must be between -9223372036854775808 and 9223372036854775807, not number 9223372036854775808",
                "{\"whole\": 1.5} | whole: must be an integer, not number 1.5",
                "{\"whole\": 1e999999999} | whole: must have at most 131072 digits, not number 1E+999999999",
                "{\"decimal\": \"1\"} | decimal: must be a number, not text \"1\"",
                "{\"real\": \"1\"} | real: must be a number, not text \"1\"",
                "{\"real\": 1e999}"
                        + " | real: must be between -1.7976931348623157E308 and 1.7976931348623157E308, not number 1E+999",
                "{\"shortReal\": 1e39}"
                        + " | shortReal: must be between -3.4028234663852886E38 and 3.4028234663852886E38, not number 1E+39",
                "{\"letter\": 65} | letter: must be text of one character, not number 65",
                "{\"letter\": \"ab\"} | letter: must be text of one character, not text \"ab\"",
                "{\"flag\": \"true\"} | flag: must be true or false, not text \"true\"",
                "{\"flag\": 1} | flag: must be true or false, not number 1",
                "{\"text\": 5} | text: must be text, not number 5",
                "{\"text\": [\"a\"]} | text: must be text, not array [\"a\"]",
                "{\"color\": 1} | color: must be text, not number 1",
                "{\"color\": \"red\"} | color: Expected one of [RED, GREEN] but was 'red'",
                "{\"date\": 5} | date: must be text, not number 5",
                "{\"date\": \"today\"} | date: Text 'today' could not be parsed at index 0",
                "{\"uuid\": \"x\"} | uuid: Invalid UUID string: x",
                "{\"bytes\": [1]} | bytes: must be text in base64, not array [1]",
                "{\"bytes\": \"*\"} | bytes: must be text in base64, not text \"*\"",
                "{\"maybe\": \"5\"} | maybe: must be an integer, not text \"5\"",
                "{\"perhaps\": \"5\"} | perhaps: must be an integer, not text \"5\"",
                "{\"counts\": {\"a\": \"1\"}} | counts.a: must be an integer, not text \"1\"",
                "{\"counts\": []} | counts: must be an object, not array []",
                "{\"table\": [[1], [2, \"3\"]]} | table[1][1]: must be an integer, not text \"3\"",
                "{\"table\": [5]} | table[0]: must be an array, not number 5",
            })
    void a_wrong_type_is_refused_with_its_path_and_never_converted(String json, String violations) {
        assertThat(violations(Argument.of(Scalars.class), json)).isEqualTo(violations);
    }

    @Test
    void all_mistakes_are_listed_also_after_a_converter_has_failed() {
        assertThat(violations(
                        Argument.of(Scalars.class), "{\"date\": \"x\", \"uuid\": \"y\", \"text\": 1, \"small\": 1.5}"))
                .isEqualTo("date: Text 'x' could not be parsed at index 0;"
                        + " small: must be an integer, not number 1.5; text: must be text, not number 1;"
                        + " uuid: Invalid UUID string: y");
    }

    @Test
    void right_values_of_every_type_are_bound() throws Exception {
        Scalars bound = bind(Argument.of(Scalars.class), """
                {"small": 127, "large": 2.0, "whole": 123456789012345678901234567890, "decimal": 1.10, "real": 0.5,
                 "shortReal": 1, "letter": "a", "flag": true, "text": "t", "color": "RED", "date": "2026-01-02",
                 "uuid": "00000000-0000-0000-0000-000000000001", "bytes": "AAE=", "maybe": 5, "perhaps": 6,
                 "counts": {"a": 1}, "table": [[1], []]}""");
        assertThat(bound.whole()).isEqualTo("123456789012345678901234567890");
        assertThat(bound.decimal()).isEqualTo("1.10");
        assertThat(bound.large()).isEqualTo(2);
        assertThat(bound.maybe()).contains(5);
        assertThat(bound.perhaps()).hasValue(6);
        assertThat(bound.bytes()).containsExactly(0, 1);
        assertThat(bound.table()).containsExactly(List.of(1), List.of());
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Named(
            int itemCount,
            @NotBlank String firstName,
            @JsonAlias({"zip", "plz"}) @NotNull Integer postalCode) {}

    @Test
    void names_are_those_of_the_json_with_a_naming_strategy_and_aliases() throws Exception {
        assertThat(bind(Argument.of(Named.class), "{\"item_count\": 1, \"first_name\": \"a\", \"plz\": 5}"))
                .isEqualTo(new Named(1, "a", 5));
        assertThat(violations(Argument.of(Named.class), "{\"itemCount\": 1, \"first_name\": \" \"}"))
                .isEqualTo(
                        "first_name: must not be blank; item_count: must not be null; postal_code: must not be null");
        assertThat(violations(
                        Argument.of(Named.class), "{\"item_count\": null, \"first_name\": \"a\", \"zip\": \"5\"}"))
                .isEqualTo("item_count: must not be null; zip: must be an integer, not text \"5\"");
    }

    @Serdeable
    static class Bean {
        private String name;
        private int quantity = 1;

        @NotBlank
        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        @Min(1)
        public int getQuantity() {
            return quantity;
        }

        public void setQuantity(int quantity) {
            this.quantity = quantity;
        }
    }

    @Test
    void beans_with_setters_are_as_strict_and_keep_their_defaults() throws Exception {
        assertThat(bind(Argument.of(Bean.class), "{\"name\": \"a\"}").getQuantity())
                .isEqualTo(1);
        assertThat(violations(Argument.of(Bean.class), "{\"name\": 5, \"quantity\": \"2\"}"))
                .isEqualTo("name: must be text, not number 5; quantity: must be an integer, not text \"2\"");
        assertThat(violations(Argument.of(Bean.class), "{\"quantity\": null}"))
                .isEqualTo("name: must not be blank; quantity: must not be null");
        assertThat(violations(Argument.of(Bean.class), "{\"quantity\": 0, \"name\": \"\"}"))
                .isEqualTo("name: must not be blank; quantity: must be greater than or equal to 1");
    }

    @Test
    void an_unknown_member_is_refused_where_the_binder_is_strict() {
        Binder<Bean> strict = binders.strictBinder(Argument.of(Bean.class));
        assertThatThrownBy(() -> strict.bind(json("{\"name\": \"a\", \"nmae\": 1, \"quantity\": \"x\"}")))
                .isInstanceOfSatisfying(InvalidValue.class, e -> assertThat(e.list())
                        .isEqualTo("nmae: is not known; quantity: must be an integer, not text \"x\""));
    }

    @Serdeable
    record Picky(@NotBlank String currency, @Nullable Amount amount) {
        Picky {
            currency = currency.toUpperCase(java.util.Locale.ROOT);
        }
    }

    @Serdeable
    record Amount(int value) {
        Amount {
            if (value < 0) {
                throw new IllegalArgumentException("value must not be negative");
            }
        }
    }

    @Serdeable
    record Code(String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Code of(String text) {
            if (text.length() != 3) {
                throw new IllegalArgumentException("a code has 3 letters");
            }
            return new Code(text);
        }
    }

    @Serdeable
    record Coded(
            List<@Valid Picky> orders,
            @Nullable @JsonProperty("c") Code code) {}

    @Test
    void what_a_constructor_throws_is_a_violation_with_the_name_of_the_member() {
        assertThat(violations(Argument.of(Picky.class), "{\"currency\": \"eur\", \"amount\": {\"value\": -1}}"))
                .isEqualTo("amount: value must not be negative");
        assertThat(violations(Argument.of(Picky.class), "{}")).isEqualTo("currency: must not be blank");
        assertThat(violations(Argument.of(Amount.class), "{\"value\": -1}")).isEqualTo("value must not be negative");
        assertThat(violations(
                        Argument.of(Coded.class),
                        "{\"orders\": [{\"currency\": \"a\"}, {\"currency\": \"b\", \"amount\": {\"value\": -1}}]}"))
                .isEqualTo("orders[1].amount: value must not be negative");
        assertThat(violations(Argument.of(Coded.class), "{\"orders\": [], \"c\": \"abcd\"}"))
                .isEqualTo("c: a code has 3 letters");
    }

    @Serdeable
    record Nested(
            @NotNull @Valid List<@Valid Named> people,
            @Nullable Map<String, @Valid Named> byName) {}

    @Test
    void constraints_of_nested_values_have_the_names_of_the_json() {
        assertThat(violations(
                        Argument.of(Nested.class),
                        "{\"people\": [{\"item_count\": 1, \"first_name\": \"\", \"zip\": 1}]}"))
                .isEqualTo("people[0].first_name: must not be blank");
    }

    @Test
    void type_arguments_are_bound_whole() throws Exception {
        Argument<List<Named>> people = Argument.listOf(Named.class);
        assertThat(bind(people, "[{\"item_count\": 1, \"first_name\": \"a\", \"zip\": 5}]"))
                .containsExactly(new Named(1, "a", 5));
        assertThat(violations(people, "[{\"item_count\": \"1\", \"first_name\": \"a\", \"zip\": 5}]"))
                .isEqualTo("[0].item_count: must be an integer, not text \"1\"");
        assertThat(violations(people, "[{\"item_count\": 1, \"first_name\": \" \", \"zip\": 5}]"))
                .isEqualTo("[0].first_name: must not be blank");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    @Serdeable
    sealed interface Shape permits Circle, Square {}

    @Serdeable
    record Circle(int radius) implements Shape {}

    @Serdeable
    record Square(@NotNull Integer side, @JsonAnySetter Map<String, JsonNode> rest) implements Shape {
        @Override
        public Map<String, JsonNode> rest() {
            return rest;
        }
    }

    @Test
    void subtypes_are_as_strict() throws Exception {
        assertThat(bind(Argument.of(Shape.class), "{\"kind\": \"circle\", \"radius\": 2}"))
                .isEqualTo(new Circle(2));
        assertThat(violations(Argument.of(Shape.class), "{\"kind\": \"circle\", \"radius\": \"2\"}"))
                .isEqualTo("radius: must be an integer, not text \"2\"");
        assertThat(violations(Argument.of(Shape.class), "{\"kind\": \"circle\"}"))
                .contains("radius");
        assertThat(violations(Argument.of(Shape.class), "{\"kind\": \"line\"}")).isNotEmpty();
    }

    @Serdeable
    record Primitives(int[] counts) {}

    record Unknown(String name) {}

    @Test
    void types_that_would_invent_values_are_refused_at_start() {
        assertThatThrownBy(() -> binders.binder(Argument.of(Primitives.class)))
                .hasMessage("Primitives.counts is a int[], in which a null of the JSON would become zero:"
                        + " write java.util.List<Integer>");
    }

    @Test
    void a_type_that_no_annotation_processor_has_seen_is_refused_at_start_with_what_to_do() {
        assertThatThrownBy(() -> binders.binder(Argument.of(Unknown.class)))
                .hasMessageContaining("annotate it with @Serdeable")
                .hasMessageContaining("micronaut-serde-processor");
    }

    @Test
    void items_of_several_types_can_be_bound_by_a_handler() {
        assertThat(binders.bind(json("{\"value\": 1}"), Amount.class)).isEqualTo(new Amount(1));
        assertThatThrownBy(() -> binders.bind(json("{\"value\": \"1\"}"), Amount.class))
                .isInstanceOfSatisfying(HandlerException.class, e -> {
                    assertThat(e.sqlState()).isEqualTo("22023");
                    assertThat(e.detail()).contains("value: must be an integer, not text \"1\"");
                    assertThat(e.hint()).contains("It takes {\"value\"}.");
                });
    }

    private static <T> T bind(Argument<T> type, String json) throws InvalidValue {
        return binders.binder(type).bind(json(json));
    }

    private static String violations(Argument<?> type, String json) {
        try {
            Object bound = bind(type, json);
            throw new AssertionError("bound as " + bound);
        } catch (InvalidValue e) {
            return e.list();
        }
    }

    private static JsonNode json(String text) {
        try (JsonReader reader = new JsonReader(text.getBytes(StandardCharsets.UTF_8))) {
            reader.next();
            return reader.value();
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }
}
