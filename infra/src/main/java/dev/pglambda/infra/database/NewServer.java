package dev.pglambda.infra.database;

import dev.pglambda.infra.network.IsolatedVpc;
import dev.pglambda.infra.network.NetworkPlace;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/** What a new cluster and a new instance have in common: security group, invoke role and log. */
record NewServer(
        Construct scope,
        IsolatedVpc network,
        DatabaseSettings settings,
        DatabaseName name,
        SecurityGroup group,
        PostgresInvokeRole role,
        LogGroup log) {

    static final String ADMINISTRATOR = "pglambda_admin";

    /** Their names are known in advance, so that the role can name the server and the log exists with its retention. */
    static NewServer of(Construct scope, IsolatedVpc network, DatabaseSettings settings, DatabaseName.Kind kind) {
        DatabaseName name = settings.name(kind);
        SecurityGroup group = SecurityGroup.Builder.create(scope, "SecurityGroup")
                .vpc(network.vpc())
                .description("The database")
                .allowAllOutbound(false)
                .build();
        String folder = kind == DatabaseName.Kind.CLUSTER ? "cluster" : "instance";
        LogGroup log = LogGroup.Builder.create(scope, "Log")
                .logGroupName("/aws/rds/" + folder + "/" + name.identifier() + "/postgresql")
                .retention(settings.logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        return new NewServer(
                scope, network, settings, name, group, new PostgresInvokeRole(scope, "InvokeRole", name), log);
    }

    TargetDatabase target(DatabaseServer server, ISecret secret) {
        return new TargetDatabase(
                new NetworkPlace(network.vpc(), network.subnets(), group, NetworkPlace.Endpoints.own()),
                server,
                administrator(server, secret),
                settings.databaseName(),
                role,
                List.of("pg_cron"),
                List.of(scope));
    }

    private DatabaseLogin administrator(DatabaseServer server, ISecret secret) {
        if (!settings.login().tokens()) {
            return DatabaseLogin.bySecret(secret);
        }
        DatabaseLogin tokens = DatabaseLogin.byTokens(scope, server, ADMINISTRATOR);
        return settings.login().firstBySecret() ? tokens.withInReserve(secret) : tokens;
    }
}
