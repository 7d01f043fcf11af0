package dev.pglambda.infra.network;

import java.util.List;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;

/**
 * Where the database and the functions that connect to it run.
 *
 * @param securityGroup the database's own
 */
public record NetworkPlace(IVpc vpc, SubnetSelection subnets, ISecurityGroup securityGroup, Endpoints endpoints) {

    /**
     * Which endpoints the VPC is to get. With the private name of an endpoint, the whole VPC uses it.
     *
     * @param shared whether others use the VPC, whom the endpoints then let through
     */
    public record Endpoints(boolean lambda, boolean secretsManager, boolean shared) {

        /** Both, in a VPC that nobody else uses. */
        public static Endpoints own() {
            return new Endpoints(true, true, false);
        }

        /** Those that are asked for, in somebody else's VPC. */
        public static Endpoints asked(List<String> services) {
            return new Endpoints(services.contains("lambda"), services.contains("secretsmanager"), true);
        }
    }
}
