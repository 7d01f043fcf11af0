package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.program.ProgramLimitError;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An expression that takes too much time or memory raises 54000, and the next expression works. */
class ExpressionLimitsTest {

    @AutoClose
    static final TransformCalls CALLS = new TransformCalls();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) {1 + $f($n + 1)}; $f(0))",
                "($f := function($n) {[$f($n + 1)]}; $f(0))",
                "($f := function($n, $x) {$n = 0 ? $x : $f($n - 1, [[$x], 1])}; $f(1001, 1))",
            })
    void what_nests_too_deep_raises_54000(String expression) {
        assertThat(reply(expression, 30_000)).contains("\"sqlstate\":\"54000\"");
    }

    @Test
    void parentheses_without_end_raise_54000() {
        assertThat(reply("(".repeat(200_000), 30_000)).contains("\"sqlstate\":\"54000\"");
    }

    /** This expression would end after some seconds. An endless one would run during the other tests. */
    @Test
    void what_does_not_end_in_time_ends_the_environment() {
        assertThatThrownBy(() -> reply("$reduce([1..3000000], function($a, $b) {$a + $b})", 400))
                .isInstanceOf(ProgramLimitError.class)
                .hasMessageMatching("the expression did not end within [0-9]+ ms");
        assertThat(reply("$ + 1", 30_000)).isEqualTo("{\"result\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$count($sort([1..1000000]))",
                "$count($distinct([1..500000]))",
                "$sum([1..1000000])",
                "$length($pad(\"a\", 20000))",
                "$length($replace($pad(\"\", 20000, \"ab\"), /a/, \"c\"))",
                "$count($spread([1..5000].{\"a\": 1}))",
                "$count([1..50000]@$x.{\"a\": $x})",
                "$count([1..50000].{\"a\": $, \"b\": $ + 1})",
                "$count($pad(\"\", 20000, \"ab\") ~> $split(\"\"))",
                "$count(($list := [1..100000].[$]; $list.*))",
            })
    void large_but_possible_work_is_done(String expression) {
        assertThat(reply(expression, 120_000)).matches("\\{\"result\":[0-9]+}");
    }

    private static String reply(String expression, int timeoutMs) {
        return CALLS.reply("1", Map.of("expression", expression), timeoutMs);
    }
}
