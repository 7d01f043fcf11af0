package dev.pglambda.infra.database;

import dev.pglambda.infra.network.IsolatedVpc;
import dev.pglambda.infra.operations.FunctionAlarms;
import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.IInstanceEngine;
import software.amazon.awscdk.services.rds.ParameterGroup;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;
import software.amazon.awscdk.services.rds.StorageType;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/**
 * An instance of RDS for PostgreSQL, as the bundle needs it: encrypted, TLS only; its administrator's password managed and
 * rotated by RDS; with the role and the parameters of {@code aws_lambda}. {@link DeletionProtection} protects it.
 */
public final class PostgresInstance extends NewDatabase {

    private static final double FREE_STORAGE_PART = 0.1;
    private static final double BYTES_PER_GB = 1e9;
    private static final int STORAGE_GROWTH = 5;

    private final DatabaseSettings settings;
    private final DatabaseSettings.InstanceSize size;
    private final NewServer parts;
    private final DatabaseInstance instance;

    /** The instance in a VPC of its own. */
    public PostgresInstance(
            Construct scope, IsolatedVpc network, DatabaseSettings settings, DatabaseSettings.InstanceSize size) {
        super(scope);
        this.settings = settings;
        this.size = size;
        this.parts = NewServer.of(this, network, settings, DatabaseName.Kind.INSTANCE);
        this.instance = instance();
        instance.getNode().addDependency(parts.log());
        ((CfnDBInstance) instance.getNode().getDefaultChild())
                .setAssociatedRoles(List.of(CfnDBInstance.DBInstanceRoleProperty.builder()
                        .featureName(PostgresInvokeRole.FEATURE)
                        .roleArn(parts.role().role().getRoleArn())
                        .build()));
        NagReason.DEFAULT_PORT.explain(instance);
        NagReason.PROTECTED_LATER.explain(instance);
        if (!size.standby()) {
            NagReason.NO_STANDBY.explain(instance);
        }
    }

    @Override
    public TargetDatabase target() {
        return parts.target(
                DatabaseServer.of(parts.name(), instance, instance.getInstanceResourceId()), instance.getSecret());
    }

    @Override
    public void watch(ITopic topic) {
        DatabaseAlarms alarms = new DatabaseAlarms(this, topic)
                .connections(
                        instance.metricDatabaseConnections(DatabaseAlarms.over("Maximum")),
                        settings.protection().connections())
                .nearLimit(
                        "Processor",
                        instance.metricCPUUtilization(DatabaseAlarms.over("Average")),
                        "The instance has used 90 % of its processors for a quarter of an hour.")
                .deadlocks(deadlocks().metric(DatabaseAlarms.over("Sum")));
        alarms.add(
                "Storage",
                FunctionAlarms.from(
                                instance.metricFreeStorageSpace(DatabaseAlarms.over("Minimum")),
                                size.storageGb() * BYTES_PER_GB * FREE_STORAGE_PART)
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD),
                "A tenth of the storage is left: it grows by itself, up to five times its first size.");
    }

    /** RDS has no such metric for instances: the server's log says it. */
    private MetricFilter deadlocks() {
        return MetricFilter.Builder.create(this, "DeadlocksInLog")
                .logGroup(parts.log())
                .filterPattern(FilterPattern.literal("\"deadlock detected\""))
                .metricNamespace(settings.identifier())
                .metricName("Deadlocks")
                .build();
    }

    private DatabaseInstance instance() {
        return DatabaseInstance.Builder.create(this, "Instance")
                .instanceIdentifier(settings.identifier())
                .engine(engine(settings.version(), settings.majorVersion()))
                .instanceType(new InstanceType(size.type()))
                .databaseName(settings.databaseName())
                .credentials(Credentials.fromUsername(NewServer.ADMINISTRATOR))
                .manageMasterUserPassword(true)
                .iamAuthentication(true)
                .storageEncrypted(true)
                .storageType(StorageType.GP3)
                .allocatedStorage(size.storageGb())
                .maxAllocatedStorage(size.storageGb() * STORAGE_GROWTH)
                .multiAz(size.standby())
                .vpc(parts.network().vpc())
                .vpcSubnets(parts.network().subnets())
                .securityGroups(List.of(parts.group()))
                .publiclyAccessible(false)
                .parameterGroup(parameters())
                .backupRetention(Duration.days(14))
                .enablePerformanceInsights(true)
                .copyTagsToSnapshot(true)
                .cloudwatchLogsExports(List.of("postgresql"))
                .removalPolicy(RemovalPolicy.SNAPSHOT)
                .build();
    }

    private ParameterGroup parameters() {
        return ParameterGroup.Builder.create(this, "Parameters")
                .engine(engine(settings.version(), settings.majorVersion()))
                .description(PostgresParameters.DESCRIPTION)
                .parameters(PostgresParameters.of(settings))
                .build();
    }

    /** The engine, with this version of PostgreSQL: {@code 17}, or {@code 17.7}. */
    static IInstanceEngine engine(String version, String majorVersion) {
        return DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder()
                .version(PostgresEngineVersion.of(version, majorVersion))
                .build());
    }
}
