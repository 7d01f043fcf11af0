package dev.pglambda.infra;

import dev.pglambda.infra.database.PostgresCluster;
import dev.pglambda.infra.network.IsolatedVpc;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * The whole system: a VPC without a way to the internet, an Aurora PostgreSQL cluster, the functions, and the bundle in its
 * database. For any account and region: synthesis needs neither.
 */
@SuppressWarnings("this-escape") // a construct names its parent: that is how trees are built with CDK
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
