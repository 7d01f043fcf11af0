package dev.pglambda.infra;

import dev.pglambda.infra.database.DatabaseSettings;
import dev.pglambda.infra.database.DeletionProtection;
import dev.pglambda.infra.database.NewDatabase;
import dev.pglambda.infra.database.PostgresCluster;
import dev.pglambda.infra.database.PostgresInstance;
import dev.pglambda.infra.database.TargetDatabase;
import dev.pglambda.infra.network.IsolatedVpc;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The whole system: a VPC without a route to the internet, an Aurora PostgreSQL cluster or an instance of RDS for
 * PostgreSQL, the functions, and the bundle in its database. Synthesis needs no account and no region.
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class PglambdaStack extends Stack {

    /** With a new server. */
    public PglambdaStack(Construct scope, String id, Deployment deployment) {
        super(scope, id, protection(deployment));
        DatabaseSettings settings = deployment.settings().database();
        IsolatedVpc vpc = new IsolatedVpc(this, settings.logRetention());
        NewDatabase database = database(vpc, deployment.settings());
        if (settings.protection().fromDeletion()) {
            DeletionProtection.keep(vpc);
            DeletionProtection.keep(database);
        }
        TargetDatabase target = database.target();
        PglambdaSystem system = new PglambdaSystem(this, deployment, target);
        database.watch(system.alarms());
        new DeletionProtection(this, target.server().name(), settings, system);
    }

    static StackProps protection(Deployment deployment) {
        return StackProps.builder()
                .terminationProtection(
                        deployment.settings().database().protection().fromDeletion())
                .build();
    }

    private NewDatabase database(IsolatedVpc vpc, StackSettings settings) {
        StackSettings.Server server = settings.server();
        return server.instance().isPresent()
                ? new PostgresInstance(
                        this, vpc, settings.database(), server.instance().get())
                : new PostgresCluster(this, vpc, settings.database(), server.capacity());
    }
}
