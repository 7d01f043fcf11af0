package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an expression does, it ends, and the next one works. */
class ExpressionLimitsTest {

    /** With two times itself, forty levels deep: a value that would take years to go through, in forty objects. */
    private static final String TWICE =
            "$twice := function($n, $x) {$n = 0 ? $x : $twice($n - 1, {\"a\": $x, \"b\": $x})};"
                    + "$pairs := function($n, $x) {$n = 0 ? $x : $pairs($n - 1, [[$x], [$x]])};";

    private static final String BACKTRACKING = "/.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*ab/";
    private static final String AS = "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"";

    @AutoClose
    static final TransformCalls CALLS = new TransformCalls();

    @AfterEach
    void the_next_one_works() {
        assertThat(reply("1", "$ + 1")).isEqualTo("{\"result\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) {$f($n + 1)}; $f(0))",
                "$reduce([1..10000000], function($a, $b) {$a + $b})",
                "[1..10000000].([1..10000000])",
                "$count([1..10000000].([1..1000]))",
                "[1..10000]@$a.[1..10000]@$b.[1..10000]@$c.{\"a\": $a}",
                "$sort([1..10000000], function($a, $b) {$a < $b})",
                "[1..100000].($ in [-10000000..-1])",
                "[1..3000][$ in [1..3000][$ in [1..3000]]]",
            })
    void work_without_end_ends_at_the_deadline(String expression) {
        assertEnds(expression, "39000|54000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$match(" + AS + ", " + BACKTRACKING + ")",
                "$contains(" + AS + ", " + BACKTRACKING + ")",
                "$split(" + AS + ", " + BACKTRACKING + ")",
                "$replace(" + AS + ", " + BACKTRACKING + ", \"\")",
                "$replace(" + AS + ", " + BACKTRACKING + ", \"\", 3)",
                "$replace(" + AS + ", " + BACKTRACKING + ", function($m) {$m.match})",
                AS + " ~> " + BACKTRACKING,
                "$eval(\"$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', " + BACKTRACKING + ")\")",
                "[1..10000000].$contains(" + AS + ", " + BACKTRACKING + ")",
            })
    void regular_expressions_that_backtrack_end_at_the_deadline(String expression) {
        assertEnds(expression, "39000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$twice(40, 1)",
                "$twice(40, 1) = $twice(40, 1)",
                "$pairs(40, 1)",
                "$pairs(40, 1) = $pairs(40, 1)",
                "$pairs(40, 0) ? 1 : 2",
                "$boolean($pairs(40, 0))",
                "$pairs(40, {}).a",
                "$distinct([$twice(40, 1), $twice(40, 1), 3])",
                "$string($twice(40, 1))",
                "$length($string($pairs(40, 1)))",
                "$count($pairs(40, []).**)",
                "$count($pairs(40, []).*)",
                "$keys($pairs(40, {}))",
                "$spread($pairs(40, {}))",
                "$twice(40, 1) ~> |$|{\"c\": 1}|",
                "$clone($twice(40, 1))",
                "$error($string($twice(40, 1)))",
                "$sum($twice(40, 1))",
                "$twice(40, 1) & \"\"",
                "$reduce([1..60], function($x, $i) {$merge([{\"a\": $x}, {\"b\": $x}])}, 1) = 1"
                        + " or $reduce([1..60], function($x, $i) {$merge([{\"a\": $x}, {\"b\": $x}])}, 1)"
                        + " = $reduce([1..60], function($x, $i) {$merge([{\"a\": $x}, {\"b\": $x}])}, 1)",
            })
    void values_larger_than_anything_end_at_the_deadline_or_at_the_limit(String expression) {
        assertEnds("(" + TWICE + expression + ")", "39000|54000|22023");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) {1 + $f($n + 1)}; $f(0))",
                "($f := function($n) {[$f($n + 1)]}; $f(0))",
                "($f := function($x) {$f($append($x, $x))}; $f([1, 2]))",
                "[1..5000000]",
                "$sort([1..5000000])",
                "$pad(\"a\", 7000000)",
                "$join([1..1000000].($string($) & \"0123456789\"))",
            })
    void what_takes_more_than_there_is_raises_54000(String expression) {
        assertEnds(expression, "54000|39000");
    }

    @Test
    void a_text_that_no_reply_can_carry_is_not_made() {
        assertEnds("($f := function($x) {$f($x & $x)}; $f(\"ab\"))", "22023");
        assertEnds("$pad(\"a\", 2000000000)", "22023");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$count($sort([1..1000000]))",
                "$count($distinct([1..500000]))",
                "$sum([1..1000000])",
                "$length($pad(\"a\", 2000000))",
                "$length($replace($pad(\"\", 500000, \"ab\"), /a/, \"c\"))",
                "$count($spread([1..50000].{\"a\": 1}))",
                "$count([1..50000]@$x.{\"a\": $x})",
                "$count($pad(\"\", 50000, \"ab\") ~> $split(\"\"))",
                "$count(($list := [1..100000].[$]; $list.*))",
            })
    void what_is_large_and_can_be_done_is_done_in_a_time_that_grows_with_its_size(String expression) {
        assertThat(reply("1", expression, 30_000)).matches("\\{\"result\":[0-9]+}");
    }

    @Test
    void an_expression_that_is_too_long_to_be_read_is_refused() {
        for (String expression : new String[] {"(".repeat(1_000_000), "\"" + "a".repeat(5_000_000) + "\""}) {
            assertEnds(expression, "54000");
        }
        assertThat(reply("1", "\"" + "a".repeat(49_000) + "\"")).contains("aaaa");
        assertEnds("(".repeat(50_000), "54000");
    }

    private static void assertEnds(String expression, String sqlStates) {
        long start = System.nanoTime();
        assertThat(reply("1", expression)).containsPattern("\"sqlstate\":\"(" + sqlStates + ")\"");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }

    private static String reply(String data, String expression) {
        return reply(data, expression, 400);
    }

    private static String reply(String data, String expression, int timeoutMs) {
        return CALLS.reply(data, Map.of("expression", expression), timeoutMs);
    }
}
