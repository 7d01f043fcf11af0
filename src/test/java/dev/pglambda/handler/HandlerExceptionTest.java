package dev.pglambda.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerExceptionTest {

    @ParameterizedTest
    @ValueSource(strings = {"00000", "01000", "02000", "2202", "220233", "22o23", ""})
    void an_exception_takes_no_sqlstate_that_would_not_be_an_error(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HandlerException(code, "message"));
    }

    @Test
    void an_exception_keeps_its_cause_for_the_log() {
        var cause = new IllegalStateException("why");
        HandlerException exception =
                HandlerException.invalid("what", "detail", "hint").causedBy(cause);
        assertThat(exception).hasCause(cause).hasMessage("what");
        assertThat(exception.detail()).contains("detail");
        assertThat(exception.hint()).contains("hint");
        assertThat(new HandlerException("22023", "what").detail()).isEmpty();
    }

    @Test
    void a_text_of_an_error_is_cut_between_code_points() {
        var exception = new HandlerException("22023", "a" + "😀".repeat(1_000), "😀".repeat(10_001), "");
        assertThat(exception.getMessage()).isEqualTo("a" + "😀".repeat(999) + "…");
        assertThat(exception.detail()).contains("😀".repeat(10_000) + "…");
    }

    @Test
    void what_jsonb_refuses_is_replaced() {
        var exception = new HandlerException("22023", "a\0b", "half \ud83d", "\ude00 half");
        assertThat(exception).hasMessage("a\uFFFDb");
        assertThat(exception.detail()).contains("half \uFFFD");
        assertThat(exception.hint()).contains("\uFFFD half");
    }
}
