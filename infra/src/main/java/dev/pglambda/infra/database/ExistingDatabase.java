package dev.pglambda.infra.database;

import java.util.List;
import java.util.Optional;

/**
 * An existing cluster or instance, as its owner describes it. Nothing is looked up.
 *
 * @param host its writer endpoint
 * @param securityGroup of the server; rules are added to it
 */
public record ExistingDatabase(
        DatabaseName name, String host, String securityGroup, Administrator administrator, Place place) {

    /**
     * As whom the installer logs in: by a secret, or by IAM tokens as a user who does so already.
     *
     * @param secretArn the whole ARN
     * @param resourceId by which IAM names the server, for users with tokens
     */
    public record Administrator(Optional<String> secretArn, Optional<String> user, Optional<String> resourceId) {}

    /**
     * Where functions with a database run.
     *
     * @param subnets private ones, each in the zone at the same position of {@code zones}
     * @param endpoints that the VPC is to get: {@code lambda}, {@code secretsmanager}
     */
    public record Place(String vpc, List<String> subnets, List<String> zones, List<String> endpoints) {

        public Place {
            subnets = List.copyOf(subnets);
            zones = List.copyOf(zones);
            endpoints = List.copyOf(endpoints);
        }
    }
}
