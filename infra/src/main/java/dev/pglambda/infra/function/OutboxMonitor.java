package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
import dev.pglambda.infra.operations.FunctionAlarms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmProps;
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
 * The function that measures the outbox, run every minute, and the alarms on the metrics of the whole outbox. It
 * prints them for an empty outbox too: missing data means that it does not run, and raises an alarm as well.
 */
public final class OutboxMonitor extends Construct {

    private static final Duration EVERY = Duration.minutes(1);
    /** Five measurements: metrics that are taken from logs may come a minute late. */
    private static final Duration PERIOD = Duration.minutes(5);

    private final Rule rule;
    private final List<Alarm> alarms;

    /** The function, its schedule and the alarms. */
    public OutboxMonitor(Construct scope, FunctionFolder folder, FunctionSettings settings, Watch watch) {
        super(scope, "Monitor");
        Function function = FunctionBuilder.of(this, folder, settings, Optional.of(watch.access()))
                .retryAttempts(0) // it runs again in the next minute
                .maxEventAge(EVERY)
                .build();
        String namespace = settings.prefix();
        function.addEnvironment("METRICS_NAMESPACE", namespace);
        watch.access().login().grantTo(function);
        this.rule = Rule.Builder.create(this, "EveryMinute")
                .description("Has function " + settings.nameOf(folder) + " look at the outbox")
                .schedule(Schedule.rate(EVERY))
                .targets(List.of(LambdaFunction.Builder.create(function)
                        .retryAttempts(0)
                        .maxEventAge(EVERY)
                        .build()))
                .build();
        Map<String, String> database = Map.of("Database", watch.databaseName());
        Metric oldest = metric(namespace, "OldestSeconds", database);
        Metric dead = metric(namespace, "Dead", database);
        AlarmProps age = FunctionAlarms.from(oldest, watch.maxAge().toSeconds())
                .alarmDescription("Durable calls are not delivered in time, or the function monitor does not say so:"
                        + " see pglambda.outbox_status, cron.job_run_details and the log of monitor.")
                .treatMissingData(TreatMissingData.BREACHING)
                .build();
        AlarmProps givenUp = FunctionAlarms.from(dead, 1)
                .alarmDescription(
                        "Durable calls were given up: see pglambda.outbox, then pglambda.retry or pglambda.purge.")
                .treatMissingData(TreatMissingData.IGNORE) // they stay dead while nothing is measured
                .build();
        this.alarms = List.of(new Alarm(this, "AgeAlarm", age), new Alarm(this, "DeadAlarm", givenUp));
        alarms.forEach(alarm -> alarm.addAlarmAction(new SnsAction(watch.alarms())));
    }

    /** Runs after the installation; the alarms expect no metrics before. */
    public void runAfter(IDependable installed) {
        rule.getNode().addDependency(installed);
        alarms.forEach(alarm -> alarm.getNode().addDependency(rule));
    }

    /**
     * What the function measures, and where the alarms go.
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
