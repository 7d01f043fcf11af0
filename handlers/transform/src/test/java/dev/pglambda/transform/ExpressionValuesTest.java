package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions make of values, where the library alone would make something else. */
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
                "9007199254740993 => 9007199254740993",
                "-9007199254740993 => -9007199254740993",
                "[/* 1 */ 12345678901234567890.5, 1] => [12345678901234567890.5,1]",
                "{\"id\": id, \"other\": 123456789012345678901} => {\"id\":9007199254740993,\"other\":123456789012345678901}",
                "$number(\"9007199254740993\") => 9007199254740993",
                "$number(\"0x20000000000001\") => 9007199254740993",
                "$number($string(long)) => 0.123456789012345678901234567890",
                "items[id = 9007199254740993].name => \"a\"",
                "items[id = $$.id].name => \"a\"",
                "items[id != $$.id].name => \"b\"",
                "items[id < $$.id].name => \"b\"",
                "items[id >= 9007199254740993].name => \"a\"",
                "id = id and id in items.id and (id > 1) and (1 < id) => true",
                "id = next => false",
                "$sort(items.id) => [9007199254740992,9007199254740993]",
                "items^(id).name => [\"b\",\"a\"]",
                "items^(>id, name).name => [\"a\",\"b\"]",
                "items@$i^($i.id).$i.name => [\"b\",\"a\"]",
                "[{\"k\": 2}, {}, {\"k\": 1.5}]^(>k).k => [2,1.5]",
                "$distinct([id, next, id]) => [9007199254740993,9007199254740994]",
                "$count($distinct(items.id)) => 2",
                "items[0] ~> |$|{\"new\": 1}| => {\"id\":9007199254740993,\"name\":\"a\",\"new\":1}",
                "$clone(items[0]) => {\"id\":9007199254740993,\"name\":\"a\"}",
                "$string(id) & \"!\" => \"9007199254740993!\"",
                "1e20 * 2 => 2.0E+20",
                "$merge([{\"a\": id}, {\"b\": 1}]) => {\"a\":9007199254740993,\"b\":1}",
            })
    void numbers_keep_their_digits(String expression, String value) {
        assertThat(reply(expression)).isEqualTo("{\"result\":" + value + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id + 1",
                "1 * id",
                "-id",
                "-(9007199254740993)  + 0",
                "9007199254740993 + 0",
                "0.1234567890123456789 * 2",
                "$number(\"9007199254740993\") + 0",
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
                "id ? 1 : 2",
                "items[9007199254740993]",
                "$substring(\"abc\", id)",
                "$pad(\"a\", id)",
                "$eval(\"id + 1\")",
                "$map([id], function($x) {$x + 1})",
            })
    void nothing_is_computed_with_a_number_that_has_too_many_digits(String expression) {
        assertThat(reply(expression)).contains("\"sqlstate\":\"22023\"", "lose some of its digits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "$round(2.6) => 3",
                "$sort([3, 2.5, 1]) => [1,2.5,3]",
                "$sort([\"b\", \"a\"]) => [\"a\",\"b\"]",
                "[$sum([1, 2])] = [3] => true",
                "{\"a\": null} = {\"a\": null} => true",
                "$distinct([$sum([1, 2]), 3, 3.0]) => [3]",
                "$replace(\"a.b.c\", \".\", \"-\", 1) => \"a-b.c\"",
                "$replace(\"abc\", /b/, \"[$0$$1]\") => \"a[b$1]c\"",
                "$replace(\"ab\", /(a)(b)/, \"$2$1$3\") => \"ba\"",
                "$replace(\"a1b2\", /[0-9]/, function($m) {\"<\" & $m.match & \">\"}) => \"a<1>b<2>\"",
                "$replace(\"a1b2\", /[0-9]/, function($m) {\"-\"}, 1) => \"a-b2\"",
                "$match(\"ab\", /b/).match ?? \"c\" => \"b\"",
                "9007199254740993 ?? 1 => 9007199254740993",
                "$count($match(\"aaa\", /a/, 2)) => 2",
                "$split(\"a1b2c\", /[0-9]/, 2) => [\"a\",\"b\"]",
                "$pad(\"é\", -3, \"xy\") => \"xyé\"",
                "$pad(\"a\", 4, \"xy\") => \"axyx\"",
                "$substring(?, 1)(\"abc\") => \"bc\"",
                "($c := 1; $substring(?, 1)(\"abc\")) => \"bc\"",
                "($x := []; $y := $x{\"a\": 1}; $count($x)) => 0",
                "$count(empty) & $string(empty{\"a\": 1}) & $count(empty) => \"0{\\\"a\\\":1}0\"",
                "$spread([{\"a\": 1, \"b\": 2}, {\"c\": 3}]) => [{\"a\":1},{\"b\":2},{\"c\":3}]",
                "$spread([{\"a\": 1}]) => [{\"a\":1}]",
                "$spread({\"a\": 1}) => {\"a\":1}",
                "$spread([null]) => [null]",
                "[$spread([]), 1] => [1]",
                "$map(nulls, function($v) {$v}) => [1,null,{\"a\":null}]",
                "nulls.($type($)) => [\"number\",\"null\",\"object\"]",
                "[$exists(nulls[$ = null]), $exists(nulls[1]), $exists(nulls[3])] => [true,true,false]",
                "[nulls[1], nulls[2].a, nulls[3]] => [null,null]",
                "nulls = [1, null, {\"a\": null}] => true",
                "$string(nulls) => \"[1,null,{\\\"a\\\":null}]\"",
                "nulls[1].a => null",
                "$merge([{\"a\": 1}, {\"a\": 2, \"b\": 3}]) => {\"a\":2,\"b\":3}",
                "items@$i.{$i.name: $i.id} => [{\"a\":9007199254740993},{\"b\":9007199254740992}]",
                "items#$p{name: $p} => {\"a\":0,\"b\":1}",
            })
    void values_are_what_jsonata_says(String expression, String value) {
        assertThat(reply(expression)).isEqualTo("{\"result\":" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "1 + \"a\" => T2002 position=3",
                "n + (1 + \"a\") => T2002 position=8",
                "$sqrt(-1) => D3060 position=6",
                "n > \"a\" => T2009 position=3",
                "items.(1)(2) => T1006 position=10",
                "$sums(items) => $sums T1006 position=6",
                "items ~> $sums => T2006 position=8",
                "$number(\"one\") => D3030 position=8",
                "$sort([1, \"a\"]) => D3070 position=6",
                "[1, \"a\"]^($) => T2007 position=9",
                "[1, true]^($) => T2008 position=10",
                "$replace(\"a\", /a/, 1) => T0411 position=9",
                "$replace(\"a\", /a/, function() {1}) => D3012 position=9",
                "$eval(\"1 +\") => D3120 position=6",
                "$eval(\"{ 'test': 1 /a/\") => D3120 position=6",
                "$merge([1]) => T0412 position=7",
                "$uppercase(1) => T0410 position=11",
                "items ~> |$|1| => T2011 position=13",
                "n + 9007199254740993 => position=3",
                "$single([1, 2]) => D3138 position=8",
            })
    void an_error_says_where_it_came_up(String expression, String where) {
        String[] words = where.split(" ");
        assertThat(reply(expression)).contains("\"sqlstate\":\"22023\"").contains(words);
    }

    @Test
    void an_error_does_not_repeat_the_item() {
        assertThat(reply("$merge([1..100000])")).contains("T0412", "position=7").hasSizeLessThan(3_000);
    }

    @Test
    void numbers_with_a_billion_digits_are_neither_written_out_nor_computed_with() {
        for (String number : new String[] {"1e999999999", "-1e-999999999"}) {
            assertThat(reply("{\"n\": " + number + "}", "$length($string(n)) < 30"))
                    .isEqualTo("{\"result\":true}");
            assertThat(reply("{\"n\": " + number + "}", "n + 1")).contains("lose some of its digits");
            assertThat(reply("{\"n\": " + number + "}", "n = 1 or n in [1, 2]")).isEqualTo("{\"result\":false}");
        }
    }

    private static String reply(String expression) {
        return reply(DATA, expression);
    }

    private static String reply(String data, String expression) {
        return CALLS.reply(data, Map.of("expression", expression), 30_000);
    }
}
