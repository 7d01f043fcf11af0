package dev.pglambda.infra;

import dev.pglambda.infra.database.PostgresCluster;
import dev.pglambda.infra.network.IsolatedVpc;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * The whole system: a VPC without a route to the internet, an Aurora PostgreSQL cluster, the functions, and the bundle
 * in its database. Synthesis needs no account and no region.
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class PglambdaStack extends Stack {

    /** With a new cluster. */
    public PglambdaStack(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        StackSettings settings = deployment.settings();
        IsolatedVpc vpc = new IsolatedVpc(this, settings.functions().logRetention());
        PostgresCluster cluster = new PostgresCluster(this, vpc, settings.cluster());
        new PglambdaSystem(this, deployment, cluster.target());
    }
}
