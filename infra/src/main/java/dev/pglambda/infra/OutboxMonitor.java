package dev.pglambda.infra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * The function monitor, run every minute, and the alarms on what it prints of the outbox as a whole. It prints that also when
 * nothing is in it; so silence means that nobody looks, and is an alarm as well.
 */
final class OutboxMonitor extends Construct {

    private static final Duration EVERY = Duration.minutes(1);
    /** Five looks: metrics that are taken from logs may come a minute late. */
    private static final Duration PERIOD = Duration.minutes(5);

    private final Rule rule;
    private final List<Alarm> alarms;

    OutboxMonitor(Construct scope, FunctionFolder folder, StackSettings settings, DatabaseAccess access, ITopic topic) {
        super(scope, "Monitor");
        Function function = DeployedFunction.of(this, folder, settings.functions(), Optional.of(access))
                .reservedConcurrentExecutions(1)
                .retryAttempts(0) // the next minute comes anyway
                .maxEventAge(EVERY)
                .build();
        String namespace = settings.functions().prefix();
        function.addEnvironment("METRICS_NAMESPACE", namespace);
        access.secret().grantRead(function);
        this.rule = Rule.Builder.create(this, "EveryMinute")
                .description("Has function " + settings.functions().nameOf(folder) + " look at the outbox")
                .schedule(Schedule.rate(EVERY))
                .targets(List.of(LambdaFunction.Builder.create(function)
                        .retryAttempts(0)
                        .maxEventAge(EVERY)
                        .build()))
                .build();
        Map<String, String> database = Map.of("Database", settings.databaseName());
        Alarm age = Alarm.Builder.create(this, "AgeAlarm")
                .alarmDescription("Durable calls are not delivered in time, or the function monitor does not say so:"
                        + " see pglambda.outbox_status, cron.job_run_details and the log of monitor.")
                .metric(metric(namespace, "OldestSeconds", database))
                .threshold(settings.outboxAge().toSeconds())
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.BREACHING)
                .build();
        Alarm dead = Alarm.Builder.create(this, "DeadAlarm")
                .alarmDescription(
                        "Durable calls were given up: see pglambda.outbox, then pglambda.retry or pglambda.purge.")
                .metric(metric(namespace, "Dead", database))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.IGNORE) // they are no less dead while nobody looks
                .build();
        this.alarms = List.of(age, dead);
        alarms.forEach(alarm -> alarm.addAlarmAction(new SnsAction(topic)));
    }

    /** Looks when there is something to look at, and is expected to no earlier. */
    void runAfter(IDependable installed) {
        rule.getNode().addDependency(installed);
        alarms.forEach(alarm -> alarm.getNode().addDependency(rule));
    }

    private static Metric metric(String namespace, String name, Map<String, String> dimensions) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic("Maximum")
                .period(PERIOD)
                .build();
    }
}
