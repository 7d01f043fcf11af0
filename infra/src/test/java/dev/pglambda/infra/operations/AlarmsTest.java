package dev.pglambda.infra.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Alarms, dead letters and logs. */
@NeedsNode
class AlarmsTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;
    private static final List<String> WITH_SECRETS = Synthesis.WITH_SECRETS;

    @ParameterizedTest
    @CsvSource({"new-cluster, 9600", "large, 16000"})
    void alarms_start_on_errors_throttles_and_calls_near_their_timeout(String variant, int duration) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (String name : List.of("process", "transform", "validate")) {
            for (String metric : List.of("Errors", "Throttles", "Duration")) {
                JsonNode alarm = template.only("AWS::CloudWatch::Alarm", name + metric + "Alarm");
                assertThat(alarm.get("MetricName").asText()).isEqualTo(metric);
                assertThat(alarm.get("Threshold").asInt()).isEqualTo(metric.equals("Duration") ? duration : 1);
                assertThat(alarm.get("Dimensions").toString()).contains(":live");
                assertThat(alarm.get("AlarmActions")).hasSize(1);
            }
        }
        assertThat(template.only("AWS::CloudWatch::Alarm", "DeadLettersAlarm")
                        .get("MetricName")
                        .asText())
                .isEqualTo("ApproximateNumberOfMessagesVisible");
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void cloudwatch_may_publish_to_the_alarms_topic_for_this_account(String variant) {
        JsonNode statements =
                Synthesis.template(variant).only("AWS::SNS::TopicPolicy").at("/PolicyDocument/Statement");
        assertThat(statements).anySatisfy(statement -> {
            assertThat(statement.at("/Principal/Service").asText()).isEqualTo("cloudwatch.amazonaws.com");
            assertThat(statement
                            .at("/Condition/StringEquals/aws:SourceAccount/Ref")
                            .asText())
                    .isEqualTo("AWS::AccountId");
        });
    }

    @ParameterizedTest
    @FieldSource("WITH_SECRETS")
    void a_password_that_is_not_rotated_raises_an_alarm(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (String user : List.of("process", "monitor")) {
            JsonNode alarm = template.only("AWS::CloudWatch::Alarm", "Users" + user + "FailedAlarm");
            assertThat(alarm.get("MetricName").asText()).isEqualTo("Errors");
            assertThat(alarm.at("/Dimensions/0/Value").asText())
                    .isEqualTo(template.resources("AWS::SecretsManager::RotationSchedule").entrySet().stream()
                            .filter(schedule -> schedule.getKey().contains("Users" + user))
                            .map(schedule -> schedule.getValue()
                                    .at("/Properties/HostedRotationLambda/RotationLambdaName")
                                    .asText())
                            .findFirst()
                            .orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "new-cluster, DatabaseConnections 640, ACUUtilization 90, Deadlocks 0",
        "large, DatabaseConnections 1600, ACUUtilization 90, Deadlocks 0",
        "new-instance, DatabaseConnections 300, CPUUtilization 90, Deadlocks 0",
    })
    void a_new_database_raises_an_alarm_before_it_is_full_and_on_deadlocks(
            String variant, String connections, String capacity, String deadlocks) {
        SynthesizedTemplate template = Synthesis.template(variant);
        List<String> found = template.resources("AWS::CloudWatch::Alarm").entrySet().stream()
                .filter(alarm -> alarm.getKey().startsWith("Database"))
                .map(alarm -> alarm.getValue().at("/Properties/MetricName").asText() + " "
                        + alarm.getValue().at("/Properties/Threshold").asInt())
                .toList();
        assertThat(found).contains(connections, capacity, deadlocks);
        assertThat(found.stream().anyMatch(alarm -> alarm.equals("FreeStorageSpace 2000000000")))
                .isEqualTo(variant.equals(Synthesis.INSTANCE));
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void every_log_has_a_retention(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        assertThat(template.resources("AWS::Lambda::Function").values()).allSatisfy(function -> assertThat(
                        function.at("/Properties/LoggingConfig").has("LogGroup"))
                .as("otherwise Lambda makes a log group that never ends")
                .isTrue());
        template.resources("AWS::SecretsManager::RotationSchedule").values().forEach(schedule -> {
            String function = schedule.at("/Properties/HostedRotationLambda/RotationLambdaName")
                    .asText();
            assertThat(template.resources("AWS::Logs::LogGroup").toString()).contains("/aws/lambda/" + function + "\"");
            assertThat(schedule.get("DependsOn").toString()).contains("RotationLog");
        });
        template.resources("AWS::RDS::DBProxy").values().forEach(proxy -> assertThat(
                        template.resources("AWS::Logs::LogGroup").toString())
                .contains(
                        "/aws/rds/proxy/" + proxy.at("/Properties/DBProxyName").asText() + "\""));
        assertThat(template.resources("AWS::Logs::LogGroup").values())
                .hasSizeGreaterThan(4)
                .allSatisfy(
                        log -> assertThat(log.at("/Properties/RetentionInDays").asInt())
                                .isEqualTo(30));
        assertThat(template.only("AWS::SQS::Queue")
                        .get("MessageRetentionPeriod")
                        .asInt())
                .isEqualTo(14 * 24 * 3600);
    }
}
