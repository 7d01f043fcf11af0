package dev.pglambda.local.lambda.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionArnTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

    @ParameterizedTest
    @ValueSource(strings = {"f", "function:f", "123456789012:function:f", ARN + "f"})
    void every_form_of_a_name_is_the_same_function(String form) {
        assertThat(FunctionArn.parse(form, Optional.empty())).hasToString(ARN + "f");
        assertThat(FunctionArn.parse(form + ":live", Optional.empty())).hasToString(ARN + "f:live");
        assertThat(FunctionArn.parse(form, Optional.of("live"))).hasToString(ARN + "f:live");
        assertThat(FunctionArn.parse(form + ":live", Optional.of("live"))).hasToString(ARN + "f:live");
    }

    @ParameterizedTest
    @CsvSource({"f,$LATEST", "f:$LATEST,$LATEST", "f:live,1", "f:1,1"})
    void a_qualifier_selects_a_version(String name, String version) {
        assertThat(FunctionArn.parse(name, Optional.empty()).version()).isEqualTo(version);
    }

    @Test
    void qualifiers_that_contradict_are_refused() {
        assertRefused("f:live", Optional.of("1"), "InvalidParameterValueException", "live is not 1");
    }

    @Test
    void an_unknown_qualifier_is_not_found() {
        assertThatExceptionOfType(LambdaApiException.class)
                .isThrownBy(() -> FunctionArn.parse("f:beta", Optional.empty()).version())
                .withMessage("Function not found: " + ARN + "f:beta")
                .matches(e -> e.statusCode() == 404);
    }

    @Test
    void another_region_or_account_has_no_functions_here() {
        String elsewhere = "arn:aws:lambda:eu-west-1:123456789012:function:f";
        assertRefused(elsewhere, Optional.empty(), "ResourceNotFoundException", elsewhere);
        assertRefused("999999999999:function:f", Optional.empty(), "ResourceNotFoundException", "999999999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "f:", "f:live:1", "arn:aws:s3:::bucket", "12:function:f"})
    void an_invalid_name_is_refused(String name) {
        assertRefused(name, Optional.empty(), "ValidationException", "is not a function name");
    }

    private static void assertRefused(String name, Optional<String> qualifier, String type, String message) {
        assertThatExceptionOfType(LambdaApiException.class)
                .isThrownBy(() -> FunctionArn.parse(name, qualifier))
                .withMessageContaining(message)
                .matches(e -> e.errorType().equals(type));
    }
}
