package dev.pglambda.infra;

import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * All of it: a VPC without a way to the internet, an Aurora PostgreSQL cluster, the functions, and the bundle in its
 * database. For any account and region: synthesis asks nobody.
 */
@SuppressWarnings("this-escape") // a construct names its parent: that is how trees are built with CDK
public final class PglambdaStack extends Stack {

    /** Everything is made here. */
    public PglambdaStack(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        StackSettings settings = deployment.settings();
        IsolatedVpc vpc = new IsolatedVpc(this, settings.functions().logRetention());
        PostgresCluster cluster = new PostgresCluster(this, vpc, settings);
        new Installation(this, deployment, cluster.target());
    }
}
