package dev.pglambda.infra.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The schedule of the monitor and the alarms on the outbox. */
@NeedsNode
class OutboxMonitorTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void monitor_is_run_every_minute_and_not_retried(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode rule = template.only("AWS::Events::Rule", "Monitor");
        assertThat(rule.get("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
        assertThat(rule.get("State").asText()).isEqualTo("ENABLED");
        assertThat(rule.get("Targets")).hasSize(1);
        String function = SynthesizedTemplate.target(rule.at("/Targets/0/Arn"));
        assertThat(function).contains("Monitor");
        assertThat(rule.at("/Targets/0/RetryPolicy/MaximumRetryAttempts").asInt(9))
                .isZero();
        JsonNode permission = template.only("AWS::Lambda::Permission", "EveryMinute");
        assertThat(permission.get("Principal").asText()).isEqualTo("events.amazonaws.com");
        assertThat(SynthesizedTemplate.target(permission.get("FunctionName"))).isEqualTo(function);
        assertThat(SynthesizedTemplate.target(permission.get("SourceArn"))).contains("MonitorEveryMinute");
        JsonNode failures = template.only("AWS::Lambda::EventInvokeConfig", "Monitor");
        assertThat(failures.get("MaximumRetryAttempts").asInt(9)).isZero();
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void it_runs_after_the_installation_and_alarms_expect_nothing_before(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String setup = template.onlyId("Custom::PglambdaBundle");
        template.resources("AWS::Events::Rule").forEach((id, rule) -> {
            if (!id.contains("Monitor")) {
                return;
            }
            assertThat(rule.get("DependsOn")).extracting(JsonNode::asText).contains(setup);
            for (String alarm : List.of("MonitorAgeAlarm", "MonitorDeadAlarm")) {
                assertThat(template.resources("AWS::CloudWatch::Alarm").entrySet())
                        .filteredOn(entry -> entry.getKey().contains(alarm))
                        .hasSize(1)
                        .allSatisfy(entry -> assertThat(entry.getValue().get("DependsOn"))
                                .extracting(JsonNode::asText)
                                .contains(id));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "new-cluster, pglambda, app, 300",
        "large, shop, app, 1800",
        "existing-cluster, pglambda, orders, 300",
    })
    void alarms_start_on_calls_that_are_late_or_given_up_and_on_missing_data(
            String variant, String prefix, String database, int seconds) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode age = alarm(template, "MonitorAgeAlarm", "OldestSeconds");
        assertThat(age.get("Threshold").asInt()).isEqualTo(seconds);
        assertThat(age.get("TreatMissingData").asText()).isEqualTo("breaching");
        JsonNode dead = alarm(template, "MonitorDeadAlarm", "Dead");
        assertThat(dead.get("Threshold").asInt()).isEqualTo(1);
        assertThat(dead.get("TreatMissingData").asText()).isEqualTo("ignore");
        for (JsonNode alarm : List.of(age, dead)) {
            assertThat(alarm.get("Namespace").asText()).isEqualTo(prefix);
            assertThat(alarm.get("Dimensions").toString())
                    .isEqualTo("[{\"Name\":\"Database\",\"Value\":\"" + database + "\"}]");
            assertThat(alarm.get("AlarmActions"))
                    .isEqualTo(template.only("AWS::CloudWatch::Alarm", "DeadLettersAlarm")
                            .get("AlarmActions"));
        }
        assertThat(template.function(prefix + "-monitor")
                        .at("/Environment/Variables/METRICS_NAMESPACE")
                        .asText())
                .as("the namespace that the function writes is the one that the alarms read")
                .isEqualTo(prefix);
    }

    private static JsonNode alarm(SynthesizedTemplate template, String id, String metric) {
        JsonNode alarm = template.only("AWS::CloudWatch::Alarm", id);
        assertThat(alarm.get("MetricName").asText()).isEqualTo(metric);
        assertThat(alarm.get("ComparisonOperator").asText()).isEqualTo("GreaterThanOrEqualToThreshold");
        assertThat(alarm.get("Statistic").asText()).isEqualTo("Maximum");
        assertThat(alarm.get("Period").asInt()).isEqualTo(300);
        return alarm;
    }
}
