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
    @FieldSource("VARIANTS")
    void every_log_has_a_retention(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
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
