package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The outputs of the stacks. */
@NeedsNode
class OutputsTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void outputs_name_every_address(String variant) {
        JsonNode outputs = Synthesis.template(variant).json().get("Outputs");
        assertThat(outputs.properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "Endpoint",
                        "DatabaseArn",
                        "DatabaseSecurityGroupId",
                        "DatabaseName",
                        "InvokeRoleArn",
                        "FunctionNames",
                        "SetupFunctionName",
                        "DeadLetterQueueUrl",
                        "AlarmTopicArn");
        boolean secrets = Synthesis.WITH_SECRETS.contains(variant);
        for (String secret : List.of("SecretArnOfProcess", "SecretArnOfMonitor")) {
            assertThat(outputs.has(secret)).isEqualTo(secrets);
        }
        assertThat(outputs.has("SecretArn")).isEqualTo(secrets || variant.equals(Synthesis.TOKENS));
    }
}
