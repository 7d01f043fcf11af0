package dev.pglambda.infra.database;

import dev.pglambda.infra.operations.FunctionAlarms;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmProps;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/** The alarms on a new server. */
record DatabaseAlarms(Construct scope, ITopic topic) {

    private static final int NEAR_LIMIT_PERCENT = 90;
    /** Fifteen minutes: less is a peak, and peaks are what a serverless cluster is for. */
    private static final int PERIODS = 3;

    static MetricOptions over(String statistic) {
        return MetricOptions.builder()
                .statistic(statistic)
                .period(Duration.minutes(5))
                .build();
    }

    DatabaseAlarms connections(Metric metric, int most) {
        add(
                "Connections",
                FunctionAlarms.from(metric, most),
                "The database has so many connections that it will soon refuse more: see pg_stat_activity.");
        return this;
    }

    DatabaseAlarms nearLimit(String id, Metric percent, String description) {
        add(id, FunctionAlarms.from(percent, NEAR_LIMIT_PERCENT).evaluationPeriods(PERIODS), description);
        return this;
    }

    DatabaseAlarms deadlocks(Metric metric) {
        // The metric is a rate, so any value over 0 is at least one.
        add(
                "Deadlocks",
                FunctionAlarms.from(metric, 0).comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD),
                "Transactions waited for each other, and one was ended with 40P01: see the database's log.");
        return this;
    }

    void add(String id, AlarmProps.Builder alarm, String description) {
        new Alarm(
                        scope,
                        id + "Alarm",
                        alarm.alarmDescription(description)
                                .treatMissingData(TreatMissingData.NOT_BREACHING)
                                .build())
                .addAlarmAction(new SnsAction(topic));
    }
}
