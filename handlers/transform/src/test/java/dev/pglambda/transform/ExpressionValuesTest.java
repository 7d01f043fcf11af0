package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of expressions, above all of those with long numbers. */
class ExpressionValuesTest {

    /** One more than 2^53: no double is that number. */
    private static final String DATA = "{\"id\": 9007199254740993, \"next\": 9007199254740994, \"n\": 2,"
            + " \"items\": [{\"id\": 9007199254740993, \"name\": \"a\"}, {\"id\": 9007199254740992, \"name\": \"b\"}],"
            + " \"long\": 0.123456789012345678901234567890, \"empty\": [], \"nulls\": [1, null, {\"a\": null}]}";

    @AutoClose
    static final TransformCalls CALLS = new TransformCalls();

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "id => 9007199254740993",
                "[id, long] => [9007199254740993,0.123456789012345678901234567890]",
                "{\"id\": id} => {\"id\":9007199254740993}",
                "items.id => [9007199254740993,9007199254740992]",
                "items[name = \"a\"].id => 9007199254740993",
                "items{name: id} => {\"a\":9007199254740993,\"b\":9007199254740992}",
                "items^(>name).id => [9007199254740992,9007199254740993]",
                "items@$i.{$i.name: $i.id} => [{\"a\":9007199254740993},{\"b\":9007199254740992}]",
                "$sort(items.id) => [9007199254740992,9007199254740993]",
                "$sort($append(items.id, [1.5, 2])) => [1.5,2,9007199254740992,9007199254740993]",
                "$sort(items, function($a, $b) {$a.name < $b.name}).id => [9007199254740992,9007199254740993]",
                "$reverse(items.id) => [9007199254740992,9007199254740993]",
                "$distinct([id, next, id]) => [9007199254740993,9007199254740994]",
                "$map(items, function($i) {$i.id}) => [9007199254740993,9007199254740992]",
                "$filter(items, function($i) {$i.name = \"a\"}).id => 9007199254740993",
                "$merge([{\"a\": id}, {\"b\": 1}]) => {\"a\":9007199254740993,\"b\":1}",
                "$lookup($, \"items\").id => [9007199254740993,9007199254740992]",
                "$zip(items.id, items.name) => [[9007199254740993,\"a\"],[9007199254740992,\"b\"]]",
                "$each(items[0], function($v) {$v}) => [9007199254740993,\"a\"]",
                "$sift($, function($v, $k) {$k = \"id\"}) => {\"id\":9007199254740993}",
                "($x := id; $x) => 9007199254740993",
                "$bound => 9007199254740995",
                "$type(id) => \"number\"",
                "$string(id) & \"!\" => \"9007199254740993!\"",
                "$string(items[0]) => \"{\\\"id\\\":9007199254740993,\\\"name\\\":\\\"a\\\"}\"",
                "$string([long, 1]) => \"[0.123456789012345678901234567890,1]\"",
                "items[$string(id) = \"9007199254740993\"].name => \"a\"",
                "items[$string(id) = $string($$.id)].name => \"a\"",
                "id < next => true",
                "9007199254740992 => 9007199254740992",
                "1e20 * 2 => 2.0E+20",
            })
    void numbers_that_are_passed_on_keep_their_digits(String expression, String value) {
        assertThat(reply(expression)).isEqualTo("{\"result\":" + value + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id + 1",
                "1 * id",
                "-id",
                "id = next",
                "id = 9007199254740993",
                "id in items.id",
                "id > 1",
                "items^(id)",
                "items[id]",
                "id ? 1 : 2",
                "\"order \" & id",
                "$ ~> |items|{\"new\": 1}|",
                "$clone(items)",
                "$lookup($, \"id\")",
                "$sum([1, id])",
                "$max([1, id])",
                "$min(items.id)",
                "$average([id])",
                "$abs(id)",
                "$floor(long)",
                "$ceil(long)",
                "$round(long, 2)",
                "$sqrt(id)",
                "$power(id, 2)",
                "$power(2, id)",
                "$formatNumber(id, \"#,##0\")",
                "$formatBase(id, 16)",
                "$formatInteger(id, \"0\")",
                "$fromMillis(id)",
                "$boolean(id)",
                "$substring(\"abc\", id)",
                "$pad(\"a\", id)",
                "$map([id], function($x) {$x + 1})",
            })
    void the_value_of_a_number_that_has_too_many_digits_is_refused(String expression) {
        assertThat(reply(expression)).contains("\"sqlstate\":\"22023\"", "lose some of its digits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "9007199254740993 => 9007199254740992",
                "{\"a\": 0.12345678901234567890} => {\"a\":0.12345678901234568}",
                "$number(\"9007199254740993\") => 9007199254740992",
                "$number($string(id)) => 9007199254740992",
            })
    void numbers_that_an_expression_writes_are_doubles(String expression, String value) {
        assertThat(reply(expression)).isEqualTo("{\"result\":" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "$round(2.6) => 3",
                "$sort([3, 2.5, 1]) => [1,2.5,3]",
                "$sort([\"b\", \"a\"]) => [\"a\",\"b\"]",
                "{\"a\": null} = {\"a\": null} => true",
                "$replace(\"abc\", /b/, \"[$0$$1]\") => \"a[b$1]c\"",
                "$replace(\"ab\", /(a)(b)/, \"$2$1$3\") => \"ba\"",
                "$replace(\"a1b2\", /[0-9]/, function($m) {\"<\" & $m.match & \">\"}) => \"a<1>b<2>\"",
                "$match(\"ab\", /b/).match ?? \"c\" => \"b\"",
                "$split(\"a1b2c\", /[0-9]/, 2) => [\"a\",\"b\"]",
                "$pad(\"é\", -3, \"xy\") => \"xyé\"",
                "$pad(\"a\", 4, \"xy\") => \"axyx\"",
                "$spread([{\"a\": 1, \"b\": 2}, {\"c\": 3}]) => [{\"a\":1},{\"b\":2},{\"c\":3}]",
                "$spread({\"a\": 1}) => {\"a\":1}",
                "$map(nulls, function($v) {$v}) => [1,null,{\"a\":null}]",
                "nulls.($type($)) => [\"number\",\"null\",\"object\"]",
                "[$exists(nulls[$ = null]), $exists(nulls[1]), $exists(nulls[3])] => [true,true,false]",
                "[nulls[1], nulls[2].a, nulls[3]] => [null,null]",
                "nulls = [1, null, {\"a\": null}] => true",
                "$string(nulls) => \"[1,null,{\\\"a\\\":null}]\"",
                "$string(items[0].name) => \"a\"",
                "$string($$.empty) => \"[]\"",
                "$string({\"a\": [1]}, true) => \"{\\n  \\\"a\\\": [\\n    1\\n  ]\\n}\"",
                "[1, 2].$string() => [\"1\",\"2\"]",
                "nulls[1].a => null",
                "$merge([{\"a\": 1}, {\"a\": 2, \"b\": 3}]) => {\"a\":2,\"b\":3}",
                "items#$p{name: $p} => {\"a\":0,\"b\":1}",
                "$eval(\"n + 1\") => 3",
                "{\"a\": 1} ~> |$|{\"new\": 1}| => {\"a\":1,\"new\":1}",
            })
    void values_are_what_jsonata_says(String expression, String value) {
        assertThat(reply(expression)).isEqualTo("{\"result\":" + value + "}");
    }

    /**
     * What com.dashjoin:jsonata 0.9.10 does, and what JSONata specifies. A version that corrects one of them fails
     * here.
     */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "$replace(\"a.b.c\", \".\", \"-\", 1) => \"-.b.c\" => \"a-b.c\"",
                "$count($match(\"aaa\", /a/, 2)) => 3 => 2",
                "$distinct([1, 1]) => 1 => [1]",
                "($c := 1; $substring(?, 1)(\"abc\")) => \"b\" => \"bc\"",
                "($x := []; $y := $x{\"a\": 1}; $count($x)) => 1 => 0",
            })
    void the_shortcomings_of_the_library_are_known(String expression, String value, String right) {
        assertThat(reply(expression)).isEqualTo("{\"result\":" + value + "}").isNotEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "$sqrt(-1) => D3060",
                "n > \"a\" => T2009",
                "$sums(items) => $sums T1006 position=6",
                "$number(\"one\") => one",
                "$sort([1, \"a\"]) => D3070",
                "[1, \"a\"]^($) => T2007",
                "$eval(\"1 +\") => D3120 position=6",
                "$merge([1]) => T0412",
                "$uppercase(1) => T0410",
                "$single([1, 2]) => D3138",
                "n + (1 + \"a\") => T2002",
            })
    void an_error_says_why(String expression, String words) {
        assertThat(reply(expression)).contains("\"sqlstate\":\"22023\"").contains(words.split(" "));
    }

    @Test
    void an_error_does_not_repeat_the_item() {
        assertThat(reply("$merge([1..100000])")).contains("T0412").hasSizeLessThan(3_000);
    }

    @Test
    void text_that_postgresql_cannot_store_is_refused_as_a_value_and_replaced_in_an_error() {
        for (String text : new String[] {"\\u0000", "\\ud83e"}) {
            assertThat(reply("\"a" + text + "b\"")).contains("\"sqlstate\":\"22023\"", "cannot store");
            assertThat(reply("$error(\"a" + text + "b\")")).contains("\"sqlstate\":\"22023\"", "a\uFFFDb");
            assertThat(reply("$assert(false, \"a" + text + "b\")")).contains("\"sqlstate\":\"22023\"", "a\uFFFDb");
        }
        assertThat(reply("$error($pad(\"x\", 12000, \"🎉\"))"))
                .contains("\"sqlstate\":\"22023\"", "x\\uD83C\\uDF89")
                .doesNotContain("\uFFFD");
    }

    @Test
    void numbers_with_a_billion_digits_are_neither_written_out_nor_computed_with() {
        for (String number : new String[] {"1e130000", "-1e-16000"}) {
            assertThat(reply("{\"n\": " + number + "}", "$length($string(n)) < 30"))
                    .isEqualTo("{\"result\":true}");
            assertThat(reply("{\"n\": " + number + "}", "n + 1")).contains("lose some of its digits");
            assertThat(reply("{\"n\": " + number + "}", "$distinct([n, n])[0] < n"))
                    .isEqualTo("{\"result\":false}");
        }
    }

    private static String reply(String expression) {
        return reply(DATA, expression);
    }

    private static String reply(String data, String expression) {
        return CALLS.reply(
                data, Map.of("expression", expression, "bindings", Map.of("bound", 9_007_199_254_740_995L)), 30_000);
    }
}
