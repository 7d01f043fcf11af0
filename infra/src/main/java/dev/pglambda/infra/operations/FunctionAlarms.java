package dev.pglambda.infra.operations;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmProps;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/** The alarms of one function, on the metrics of its alias; {@link #forCallsWithin} makes them. */
public record FunctionAlarms(Construct scope, Alias alias, ITopic topic) {

    /** Part of the time that the caller waits: the slowest calls are near its time-out. */
    private static final double CLOSE_TO_TIMEOUT = 0.8;

    private static final Duration PERIOD = Duration.minutes(5);

    /** Errors, throttling, and calls that take nearly as long as their callers wait. */
    public void forCallsWithin(int callerTimeoutMs) {
        alarm("Errors", alias.metricErrors(over("Sum")), 1, "Calls fail: thrown, timed out or out of memory.");
        alarm(
                "Throttles",
                alias.metricThrottles(over("Sum")),
                1,
                "Calls are refused: raise reservedConcurrency, or the account's quota of concurrent executions.");
        alarm(
                "Duration",
                alias.metricDuration(over("p99")),
                callerTimeoutMs * CLOSE_TO_TIMEOUT,
                "The slowest calls take over 80 % of what their callers wait for.");
    }

    private void alarm(String id, Metric metric, Number threshold, String description) {
        alarm(scope, id + "Alarm", metric, threshold, description).addAlarmAction(new SnsAction(topic));
    }

    /** When a function that has no alias fails, known by its name only. */
    public static void ofFunction(Construct scope, String function, ITopic topic, String description) {
        Metric errors = Metric.Builder.create()
                .namespace("AWS/Lambda")
                .metricName("Errors")
                .dimensionsMap(Map.of("FunctionName", function))
                .statistic("Sum")
                .period(PERIOD)
                .build();
        alarm(scope, "FailedAlarm", errors, 1, description).addAlarmAction(new SnsAction(topic));
    }

    static Alarm alarm(Construct scope, String id, Metric metric, Number threshold, String description) {
        return new Alarm(
                scope,
                id,
                from(metric, threshold)
                        .alarmDescription(description)
                        .treatMissingData(TreatMissingData.NOT_BREACHING)
                        .build());
    }

    /** An alarm that starts at the threshold, after one period. */
    public static AlarmProps.Builder from(Metric metric, Number threshold) {
        return AlarmProps.builder()
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1);
    }

    static MetricOptions over(String statistic) {
        return MetricOptions.builder().statistic(statistic).period(PERIOD).build();
    }
}
