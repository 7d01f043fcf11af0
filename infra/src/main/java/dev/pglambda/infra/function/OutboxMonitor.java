package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
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
 * The function that measures the outbox, run every minute, and the alarms on what it prints of the outbox as a whole. It prints
 * this for an empty outbox too, so missing data means that the function does not run, and is an alarm as well.
 */
public final class OutboxMonitor extends Construct {

    private static final Duration EVERY = Duration.minutes(1);
    /** Five measurements: metrics that are taken from logs may come a minute late. */
    private static final Duration PERIOD = Duration.minutes(5);

    private final Rule rule;
    private final List<Alarm> alarms;

    /** In this scope, with these limits. */
    public OutboxMonitor(Construct scope, FunctionFolder folder, FunctionSettings settings, Watch watch) {
        super(scope, "Monitor");
        Function function = FunctionBuilder.of(this, folder, settings, Optional.of(watch.access()))
                .reservedConcurrentExecutions(1)
                .retryAttempts(0) // it runs again in the next minute
                .maxEventAge(EVERY)
                .build();
        String namespace = settings.prefix();
        function.addEnvironment("METRICS_NAMESPACE", namespace);
        watch.access().secret().grantRead(function);
        this.rule = Rule.Builder.create(this, "EveryMinute")
                .description("Has function " + settings.nameOf(folder) + " look at the outbox")
                .schedule(Schedule.rate(EVERY))
                .targets(List.of(LambdaFunction.Builder.create(function)
                        .retryAttempts(0)
                        .maxEventAge(EVERY)
                        .build()))
                .build();
        Map<String, String> database = Map.of("Database", watch.databaseName());
        Alarm age = Alarm.Builder.create(this, "AgeAlarm")
                .alarmDescription("Durable calls are not delivered in time, or the function monitor does not say so:"
                        + " see lambda.outbox_status, cron.job_run_details and the log of monitor.")
                .metric(metric(namespace, "OldestSeconds", database))
                .threshold(watch.maxAge().toSeconds())
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.BREACHING)
                .build();
        Alarm dead = Alarm.Builder.create(this, "DeadAlarm")
                .alarmDescription("Durable calls were given up: see lambda.outbox, then lambda.retry or lambda.purge.")
                .metric(metric(namespace, "Dead", database))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.IGNORE) // they stay dead while nothing is measured
                .build();
        this.alarms = List.of(age, dead);
        alarms.forEach(alarm -> alarm.addAlarmAction(new SnsAction(watch.alarms())));
    }

    /** Runs after the installation; the alarms expect no metrics before. */
    public void runAfter(IDependable installed) {
        rule.getNode().addDependency(installed);
        alarms.forEach(alarm -> alarm.getNode().addDependency(rule));
    }

    /**
     * What is watched.
     *
     * @param maxAge how long a durable call may be due before there is an alarm
     */
    public record Watch(DatabaseAccess access, String databaseName, java.time.Duration maxAge, ITopic alarms) {}

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
