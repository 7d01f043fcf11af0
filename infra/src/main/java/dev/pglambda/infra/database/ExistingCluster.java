package dev.pglambda.infra.database;

import java.util.List;
import java.util.Objects;

/**
 * An existing Aurora cluster, as its owner describes it: nothing is looked up.
 *
 * @param host its writer endpoint
 * @param securityGroup its own: rules are added to it
 * @param secretArn of the secret of its administrator, the whole ARN
 */
public record ExistingCluster(String identifier, String host, String securityGroup, String secretArn, Place place) {

    public ExistingCluster {
        Objects.requireNonNull(identifier);
        Objects.requireNonNull(host);
        Objects.requireNonNull(securityGroup);
        Objects.requireNonNull(secretArn);
        Objects.requireNonNull(place);
    }

    /**
     * Where functions with a database run.
     *
     * @param subnets private ones, each in the zone of the same place in {@code zones}
     * @param createEndpoints false when the VPC has endpoints for Lambda and Secrets Manager, or a way to the internet
     */
    public record Place(String vpc, List<String> subnets, List<String> zones, boolean createEndpoints) {

        public Place {
            Objects.requireNonNull(vpc);
            subnets = List.copyOf(subnets);
            zones = List.copyOf(zones);
        }
    }
}
