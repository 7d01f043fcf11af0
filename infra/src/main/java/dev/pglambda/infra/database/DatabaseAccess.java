package dev.pglambda.infra.database;

import java.util.List;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.lambda.ILayerVersion;

/**
 * What a function with a database has, and no other function.
 *
 * @param layers the database layer, and what goes with it
 */
public record DatabaseAccess(
        IVpc vpc,
        SubnetSelection subnets,
        ISecurityGroup securityGroup,
        List<ILayerVersion> layers,
        DatabaseEnvironment environment) {

    public DatabaseAccess {
        layers = List.copyOf(layers);
    }

    /** As whom the function logs in. */
    public DatabaseLogin login() {
        return environment.login();
    }
}
