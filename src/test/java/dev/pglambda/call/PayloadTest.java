package dev.pglambda.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void a_payload_never_prints_its_content() {
        assertThat(Payload.of("{\"password\": \"secret\"}").toString()).isEqualTo("Payload[22 bytes]");
    }
}
