package dev.pglambda.infra.database;

import java.util.List;

/**
 * An existing Aurora cluster, as its owner describes it. Nothing is looked up.
 *
 * @param host its writer endpoint
 * @param securityGroup of the cluster; rules are added to it
 * @param secretArn of the secret of its administrator, the whole ARN
 */
public record ExistingCluster(String identifier, String host, String securityGroup, String secretArn, Place place) {

    /**
     * Where functions with a database run.
     *
     * @param subnets private ones, each in the zone at the same position of {@code zones}
     * @param createEndpoints false if the VPC has endpoints for Lambda and Secrets Manager, or a route to the internet
     */
    public record Place(String vpc, List<String> subnets, List<String> zones, boolean createEndpoints) {

        public Place {
            subnets = List.copyOf(subnets);
            zones = List.copyOf(zones);
        }
    }
}
