package dev.pglambda.infra.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The installation of the bundle. */
@NeedsNode
class SetupResourceTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;
    private static final List<String> WITH_SECRETS = Synthesis.WITH_SECRETS;

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void setup_is_called_when_it_can_reach_the_database(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode resource = template.onlyResource("Custom::PglambdaBundle");
        template.resources("AWS::EC2::SecurityGroupIngress").forEach((id, rule) -> {
            if (rule.at("/Properties/FromPort").asInt() == 5432 && !id.contains("Proxy")) {
                assertThat(resource.get("DependsOn"))
                        .extracting(JsonNode::asText)
                        .contains(id);
            }
        });
        template.resources("AWS::EC2::VPCEndpoint").keySet().forEach(id -> assertThat(resource.get("DependsOn"))
                .extracting(JsonNode::asText)
                .contains(id));
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void setup_registers_the_aliases_and_makes_the_users_of_process_and_monitor(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode properties = template.only("Custom::PglambdaBundle");
        assertThat(properties.get("Functions"))
                .extracting(function -> function.get("name").asText())
                .containsExactly("process", "transform", "validate");
        assertThat(properties.get("Functions")).allSatisfy(function -> {
            assertThat(function.get("qualifier").asText()).isEqualTo("live");
            assertThat(function.get("timeoutMs").asInt()).isEqualTo(10_000);
            assertThat(template.resources("AWS::Lambda::Function"))
                    .containsKey(SynthesizedTemplate.target(function.get("arn")));
        });
        List<String> users = List.of("monitor", "process");
        assertThat(properties.get("Logins")).hasSameSizeAs(users);
        for (int i = 0; i < users.size(); i++) {
            JsonNode login = properties.get("Logins").get(i);
            JsonNode function = template.function(Synthesis.prefix(variant) + "-" + users.get(i));
            assertThat(login.get("roles").toString())
                    .isEqualTo(users.get(i).equals("monitor") ? "[\"pglambda_deliverer\"]" : "[\"pglambda_process\"]");
            if (Synthesis.WITH_SECRETS.contains(variant)) {
                assertThat(login.get("secretArn")).isEqualTo(function.at("/Environment/Variables/DB_SECRET_ARN"));
            } else {
                assertThat(login.get("user")).isEqualTo(function.at("/Environment/Variables/DB_USER"));
            }
        }
        assertThat(properties.get("Trigger").asText()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void a_setup_that_fails_raises_an_alarm(String variant) {
        JsonNode alarm = Synthesis.template(variant).only("AWS::CloudWatch::Alarm", "SetupFailedAlarm");
        assertThat(alarm.get("MetricName").asText()).isEqualTo("Errors");
        assertThat(alarm.get("Dimensions").toString()).contains(Synthesis.prefix(variant) + "-setup");
    }

    @ParameterizedTest
    @FieldSource("WITH_SECRETS")
    void setup_reads_the_secret_of_the_administrator_and_those_of_the_users_it_makes(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode setup = template.function(Synthesis.prefix(variant) + "-setup");
        String readable = template.statementsOf(SynthesizedTemplate.target(setup.get("Role"))).stream()
                .filter(statement -> statement.get("Action").toString().contains("secretsmanager:"))
                .map(statement -> statement.get("Resource").toString())
                .reduce("", String::concat);
        assertThat(readable)
                .contains(setup.at("/Environment/Variables/DB_SECRET_ARN").toString())
                .contains(template.only("Custom::PglambdaBundle")
                        .at("/Logins/0/secretArn")
                        .toString())
                .contains(template.only("Custom::PglambdaBundle")
                        .at("/Logins/1/secretArn")
                        .toString());
    }
}
