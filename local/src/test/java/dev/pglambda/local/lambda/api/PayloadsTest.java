package dev.pglambda.local.lambda.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pglambda.local.lambda.TestLambda;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1, 2]", "null", "\"text\"", " 1e400 ", "true", "{\"\u00e4\":\"\\u0000\"}"})
    void any_json_value_is_an_event(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(Payloads.event(InvokeRequest.of("f", bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: 1}   | Unexpected character ('a' (code 97))",
                "{\"a\":  | Unexpected end-of-input",
                "1 2      | something follows the value at line 1",
                "hello    | Unrecognized token 'hello'",
                "` `      | it is blank",
            })
    void an_event_that_is_not_json_is_refused_with_its_position(String text, String reason) {
        assertInvalid(text.getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void an_event_that_is_not_utf8_is_refused() {
        assertInvalid("\"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1), "Invalid UTF-8");
        assertInvalid("{}".getBytes(StandardCharsets.UTF_16LE), "Could not parse request body into json");
    }

    @Test
    void long_and_deep_events_are_accepted() {
        String number = "9".repeat(1_000_000);
        String name = "{\"" + "n".repeat(1_000_000) + "\":1}";
        String deep = "[".repeat(50_000) + "]".repeat(50_000);
        for (String json : new String[] {number, name, deep}) {
            assertThat(Payloads.event(InvokeRequest.of("f", json.getBytes()))).hasSize(json.length());
        }
        assertInvalid("[".repeat(3_000_000).getBytes(), "nesting depth");
    }

    @Test
    void a_client_context_is_decoded_into_one_line_of_ascii() {
        assertThat(context(TestLambda.base64("{\"custom\":\n{\"k\":\"\u00e4\"}}")))
                .contains("{\"custom\":{\"k\":\"\\u00E4\"}}");
        assertThat(Payloads.clientContext(InvokeRequest.of("f", new byte[0]))).isEmpty();
    }

    @Test
    void a_client_context_that_is_too_long_or_unreadable_is_refused() {
        String longest = TestLambda.base64("{\"custom\":{\"k\":\"" + "x".repeat(2666) + "\"}}")
                .replace("=", "");
        assertThat(longest).hasSizeBetween(3578, 3583);
        assertThat(context(longest)).isPresent();
        assertContextRefused("x".repeat(3584), "must not be longer than 3583 bytes of base64: it has 3584");
        assertContextRefused("%%%", "must be a valid Base64-encoded JSON object");
        assertContextRefused(TestLambda.base64("{"), "must be a valid Base64-encoded JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"text\"", "{\"client\": 5}", "{\"custom\": []}", "{\"env\": null}"})
    void a_client_context_that_is_not_an_object_of_objects_is_refused(String json) {
        assertContextRefused(TestLambda.base64(json), "must be a valid Base64-encoded JSON object");
    }

    private static Optional<String> context(String base64) {
        return Payloads.clientContext(new InvokeRequest(
                "f", Optional.empty(), InvocationType.REQUEST_RESPONSE, false, Optional.of(base64), new byte[0]));
    }

    private static void assertContextRefused(String base64, String reason) {
        assertThatExceptionOfType(LambdaApiException.class)
                .isThrownBy(() -> context(base64))
                .withMessageContaining(reason)
                .matches(e -> e.statusCode() == 400);
    }

    private static void assertInvalid(byte[] payload, String reason) {
        assertThatExceptionOfType(LambdaApiException.class)
                .isThrownBy(() -> Payloads.event(InvokeRequest.of("f", payload)))
                .withMessageContaining(reason)
                .matches(e -> e.errorType().equals("InvalidRequestContentException") && e.statusCode() == 400);
    }
}
