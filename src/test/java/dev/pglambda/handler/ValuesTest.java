package dev.pglambda.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

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
    void a_payload_never_prints_its_content() {
        assertThat(Payload.of("{\"password\": \"secret\"}").toString()).isEqualTo("Payload[22 bytes]");
    }
}
