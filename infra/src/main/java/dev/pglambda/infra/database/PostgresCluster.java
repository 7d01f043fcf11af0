package dev.pglambda.infra.database;

import dev.pglambda.infra.network.IsolatedVpc;
import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.rds.AuroraPostgresClusterEngineProps;
import software.amazon.awscdk.services.rds.AuroraPostgresEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.CfnDBCluster;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.IClusterEngine;
import software.amazon.awscdk.services.rds.IClusterInstance;
import software.amazon.awscdk.services.rds.ParameterGroup;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/**
 * Aurora PostgreSQL, Serverless v2, as the bundle needs it: encrypted, TLS only; its administrator's password managed and
 * rotated by RDS; with the role and the parameters of {@code aws_lambda}. {@link DeletionProtection} protects it.
 */
public final class PostgresCluster extends NewDatabase {

    private final DatabaseSettings settings;
    private final DatabaseSettings.Capacity capacity;
    private final NewServer parts;
    private final DatabaseCluster cluster;

    /** The cluster in a VPC of its own. */
    public PostgresCluster(
            Construct scope, IsolatedVpc network, DatabaseSettings settings, DatabaseSettings.Capacity capacity) {
        super(scope);
        this.settings = settings;
        this.capacity = capacity;
        this.parts = NewServer.of(this, network, settings, DatabaseName.Kind.CLUSTER);
        this.cluster = cluster();
        cluster.getNode().addDependency(parts.log());
        ((CfnDBCluster) cluster.getNode().getDefaultChild())
                .setAssociatedRoles(List.of(CfnDBCluster.DBClusterRoleProperty.builder()
                        .featureName(PostgresInvokeRole.FEATURE)
                        .roleArn(parts.role().role().getRoleArn())
                        .build()));
        NagReason.DEFAULT_PORT.explain(cluster);
        NagReason.PROTECTED_LATER.explain(cluster);
    }

    /** The engine, with this version of PostgreSQL: {@code 17}, or {@code 17.7}. */
    static IClusterEngine engine(String version, String majorVersion) {
        return DatabaseClusterEngine.auroraPostgres(AuroraPostgresClusterEngineProps.builder()
                .version(AuroraPostgresEngineVersion.of(version, majorVersion))
                .build());
    }

    @Override
    public TargetDatabase target() {
        return parts.target(
                DatabaseServer.of(parts.name(), cluster, cluster.getClusterResourceIdentifier()), cluster.getSecret());
    }

    @Override
    public void watch(ITopic topic) {
        new DatabaseAlarms(this, topic)
                .connections(
                        cluster.metricDatabaseConnections(DatabaseAlarms.over("Maximum")),
                        settings.protection().connections())
                .nearLimit(
                        "Capacity",
                        cluster.metricACUUtilization(DatabaseAlarms.over("Average")),
                        "The cluster uses 90 % of maxCapacity for a quarter of an hour.")
                .deadlocks(cluster.metricDeadlocks(DatabaseAlarms.over("Sum")));
    }

    private DatabaseCluster cluster() {
        return DatabaseCluster.Builder.create(this, "Cluster")
                .clusterIdentifier(settings.identifier())
                .engine(engine(settings.version(), settings.majorVersion()))
                .defaultDatabaseName(settings.databaseName())
                .credentials(Credentials.fromUsername(NewServer.ADMINISTRATOR))
                .manageMasterUserPassword(true)
                .iamAuthentication(true)
                .storageEncrypted(true)
                .vpc(parts.network().vpc())
                .vpcSubnets(parts.network().subnets())
                .securityGroups(List.of(parts.group()))
                .parameterGroup(parameters())
                .serverlessV2MinCapacity(capacity.min())
                .serverlessV2MaxCapacity(capacity.max())
                .writer(instance("Writer"))
                .readers(IntStream.rangeClosed(1, capacity.readers())
                        .mapToObj(number -> instance("Reader" + number))
                        .toList())
                .backup(BackupProps.builder().retention(Duration.days(14)).build())
                .enableDataApi(capacity.dataApi())
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

    private static IClusterInstance instance(String id) {
        return ClusterInstance.serverlessV2(
                id,
                ServerlessV2ClusterInstanceProps.builder()
                        .scaleWithWriter(id.equals("Reader1"))
                        .enablePerformanceInsights(true)
                        .build());
    }
}
