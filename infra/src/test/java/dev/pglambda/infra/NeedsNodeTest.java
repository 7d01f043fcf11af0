package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Synthesis tests are skipped on a machine without Node, and never in CI. */
class NeedsNodeTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void with_node_they_run(boolean ci) {
        assertThat(NeedsNode.Condition.decide(true, ci, "ATest").isDisabled()).isFalse();
    }

    @Test
    void without_node_they_are_left_out() {
        assertThat(NeedsNode.Condition.decide(false, false, "ATest").isDisabled())
                .isTrue();
    }

    @Test
    void without_node_ci_fails() {
        assertThatThrownBy(() -> NeedsNode.Condition.decide(false, true, "ATest"))
                .hasMessageContaining("ATest must run in CI, and Node is missing: install it");
    }
}
