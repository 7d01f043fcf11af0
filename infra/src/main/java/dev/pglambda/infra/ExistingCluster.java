package dev.pglambda.infra;

import java.util.List;
import java.util.Objects;

/**
 * An Aurora cluster that is there, by what its owner knows of it: nothing is looked up.
 *
 * @param host its writer endpoint
 * @param securityGroup its own: rules are added to it
 * @param secretArn the secret of the user who administers it, the whole ARN
 */
public record ExistingCluster(String identifier, String host, String securityGroup, String secretArn, Place place) {

    /** Checked. */
    public ExistingCluster {
        Objects.requireNonNull(identifier);
        Objects.requireNonNull(host);
        Objects.requireNonNull(securityGroup);
        Objects.requireNonNull(secretArn);
        Objects.requireNonNull(place);
    }

    /**
     * Where the functions go that need it.
     *
     * @param subnets private ones, each in the zone of the same place in {@code zones}
     * @param createEndpoints false when the VPC has endpoints for Lambda and Secrets Manager, or a way to the internet
     */
    public record Place(String vpc, List<String> subnets, List<String> zones, boolean createEndpoints) {

        /** Checked. */
        public Place {
            Objects.requireNonNull(vpc);
            subnets = List.copyOf(subnets);
            zones = List.copyOf(zones);
        }
    }
}
