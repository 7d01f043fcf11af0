package dev.pglambda.infra;

import java.util.List;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.IDependable;

/**
 * The cluster that functions are to be called from, made here or there before.
 *
 * @param administrator the secret that setup uses
 * @param extensions that setup is to create
 * @param ready what has to be there before setup can run, and before the first call
 */
record TargetDatabase(
        Place place,
        IDatabaseCluster cluster,
        ISecret administrator,
        String name,
        PostgresInvokeRole invokeRole,
        List<String> extensions,
        List<IDependable> ready) {

    TargetDatabase {
        extensions = List.copyOf(extensions);
        ready = List.copyOf(ready);
    }

    /** Its network. */
    record Place(IVpc vpc, SubnetSelection subnets, ISecurityGroup securityGroup, boolean createEndpoints) {}

    String host() {
        return cluster.getClusterEndpoint().getHostname();
    }
}
