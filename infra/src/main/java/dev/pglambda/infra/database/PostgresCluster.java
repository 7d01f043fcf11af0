package dev.pglambda.infra.database;

import dev.pglambda.infra.network.IsolatedVpc;
import dev.pglambda.infra.network.NetworkPlace;
import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.logs.LogGroup;
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
import software.constructs.Construct;

/**
 * Aurora PostgreSQL, Serverless v2, as the bundle needs it: encrypted, TLS only, protected from deletion; its
 * administrator's password managed and rotated by RDS; with the role and the parameters of {@code aws_lambda}.
 */
public final class PostgresCluster extends Construct {

    /** Only the major version 17 matters: RDS upgrades minor versions by itself. */
    public static final IClusterEngine ENGINE =
            DatabaseClusterEngine.auroraPostgres(AuroraPostgresClusterEngineProps.builder()
                    .version(AuroraPostgresEngineVersion.VER_17_7)
                    .build());

    private static final String ADMINISTRATOR = "pglambda_admin";

    private final IsolatedVpc network;
    private final ClusterSettings settings;
    private final SecurityGroup group;
    private final PostgresInvokeRole role;
    private final DatabaseCluster cluster;

    /** The cluster in a VPC of its own. */
    public PostgresCluster(Construct scope, IsolatedVpc network, ClusterSettings settings) {
        super(scope, "Database");
        this.network = network;
        this.settings = settings;
        // Known in advance, so that the role can name the cluster and the log group exists with its retention.
        String identifier = settings.identifier();
        this.role = new PostgresInvokeRole(this, "InvokeRole", identifier);
        this.group = SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(network.vpc())
                .description("The database")
                .allowAllOutbound(false)
                .build();
        LogGroup log = log(identifier);
        this.cluster = cluster(identifier);
        cluster.getNode().addDependency(log);
        ((CfnDBCluster) cluster.getNode().getDefaultChild())
                .setAssociatedRoles(List.of(CfnDBCluster.DBClusterRoleProperty.builder()
                        .featureName(PostgresInvokeRole.FEATURE)
                        .roleArn(role.role().getRoleArn())
                        .build()));
        NagReason.DEFAULT_PORT.explain(cluster);
        if (!settings.capacity().deletionProtection()) {
            NagReason.UNPROTECTED_ON_DEMAND.explain(cluster);
        }
    }

    /** For the functions that are installed. */
    public TargetDatabase target() {
        return new TargetDatabase(
                new NetworkPlace(network.vpc(), network.subnets(), group, true),
                cluster,
                cluster.getSecret(),
                settings.databaseName(),
                role,
                List.of("pg_cron"),
                List.of(this));
    }

    private DatabaseCluster cluster(String identifier) {
        ClusterSettings.Capacity capacity = settings.capacity();
        return DatabaseCluster.Builder.create(this, "Cluster")
                .clusterIdentifier(identifier)
                .engine(ENGINE)
                .defaultDatabaseName(settings.databaseName())
                .credentials(Credentials.fromUsername(ADMINISTRATOR))
                .manageMasterUserPassword(true)
                .iamAuthentication(true)
                .storageEncrypted(true)
                .vpc(network.vpc())
                .vpcSubnets(network.subnets())
                .securityGroups(List.of(group))
                .parameterGroup(parameters())
                .serverlessV2MinCapacity(capacity.min())
                .serverlessV2MaxCapacity(capacity.max())
                .writer(instance("Writer"))
                .readers(IntStream.rangeClosed(1, capacity.readers())
                        .mapToObj(number -> instance("Reader" + number))
                        .toList())
                .backup(BackupProps.builder().retention(Duration.days(14)).build())
                .enableDataApi(capacity.dataApi())
                .copyTagsToSnapshot(true)
                .cloudwatchLogsExports(List.of("postgresql"))
                .deletionProtection(capacity.deletionProtection())
                .removalPolicy(capacity.deletionProtection() ? RemovalPolicy.RETAIN : RemovalPolicy.SNAPSHOT)
                .build();
    }

    private ParameterGroup parameters() {
        return ParameterGroup.Builder.create(this, "Parameters")
                .engine(ENGINE)
                .description("For the extensions aws_lambda and pg_cron, and TLS only")
                .parameters(Map.of(
                        // The bundle has pg_cron deliver durable calls.
                        "shared_preload_libraries",
                        "pg_stat_statements,pg_cron",
                        "cron.database_name",
                        settings.databaseName(),
                        "rds.force_ssl",
                        "1",
                        // Without it the database does not find the endpoint of Lambda by its private name.
                        "rds.custom_dns_resolution",
                        "1",
                        "aws_lambda.connect_timeout_ms",
                        String.valueOf(settings.timeouts().connectMs()),
                        "aws_lambda.request_timeout_ms",
                        String.valueOf(settings.timeouts().requestMs())))
                .build();
    }

    private LogGroup log(String identifier) {
        return LogGroup.Builder.create(this, "Log")
                .logGroupName("/aws/rds/cluster/" + identifier + "/postgresql")
                .retention(settings.logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    private static IClusterInstance instance(String id) {
        return ClusterInstance.serverlessV2(
                id,
                ServerlessV2ClusterInstanceProps.builder()
                        .scaleWithWriter(id.equals("Reader1"))
                        .build());
    }
}
