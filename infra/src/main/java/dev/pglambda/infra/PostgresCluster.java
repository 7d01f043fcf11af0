package dev.pglambda.infra;

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
 * Aurora PostgreSQL, Serverless v2, as the bundle wants it: encrypted, TLS only, protected from deletion; its
 * administrator's password managed and rotated by RDS; with the role and the parameters of {@code aws_lambda}.
 */
final class PostgresCluster extends Construct {

    /** Of what is chosen here only major version 17 matters: RDS brings minor versions by itself. */
    static final IClusterEngine ENGINE = DatabaseClusterEngine.auroraPostgres(AuroraPostgresClusterEngineProps.builder()
            .version(AuroraPostgresEngineVersion.VER_17_7)
            .build());

    private static final String ADMINISTRATOR = "pglambda_admin";

    private final IsolatedVpc network;
    private final StackSettings settings;
    private final SecurityGroup group;
    private final PostgresInvokeRole role;
    private final DatabaseCluster cluster;

    PostgresCluster(Construct scope, IsolatedVpc network, StackSettings settings) {
        super(scope, "Database");
        this.network = network;
        this.settings = settings;
        // Known beforehand, so that the role can name the cluster and the log can be there with its retention.
        String identifier = settings.functions().prefix();
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
        Reasons.explain(cluster, Reasons.DEFAULT_PORT);
        if (!settings.capacity().protectedFromDeletion()) {
            Reasons.explain(cluster, Reasons.UNPROTECTED_ON_DEMAND);
        }
    }

    TargetDatabase target() {
        return new TargetDatabase(
                new TargetDatabase.Place(network.vpc(), network.subnets(), group, true),
                cluster,
                cluster.getSecret(),
                settings.databaseName(),
                role,
                List.of("pg_cron"),
                List.of(this));
    }

    private DatabaseCluster cluster(String identifier) {
        StackSettings.Capacity capacity = settings.capacity();
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
                .serverlessV2MinCapacity(capacity.least())
                .serverlessV2MaxCapacity(capacity.most())
                .writer(instance("Writer"))
                .readers(IntStream.rangeClosed(1, capacity.readers())
                        .mapToObj(number -> instance("Reader" + number))
                        .toList())
                .backup(BackupProps.builder().retention(Duration.days(14)).build())
                .enableDataApi(capacity.dataApi())
                .copyTagsToSnapshot(true)
                .cloudwatchLogsExports(List.of("postgresql"))
                .deletionProtection(capacity.protectedFromDeletion())
                .removalPolicy(capacity.protectedFromDeletion() ? RemovalPolicy.RETAIN : RemovalPolicy.SNAPSHOT)
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
                        String.valueOf(settings.connectTimeoutMs()),
                        "aws_lambda.request_timeout_ms",
                        String.valueOf(settings.functions().callerTimeoutMs())))
                .build();
    }

    private LogGroup log(String identifier) {
        return LogGroup.Builder.create(this, "Log")
                .logGroupName("/aws/rds/cluster/" + identifier + "/postgresql")
                .retention(settings.functions().logRetention())
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
