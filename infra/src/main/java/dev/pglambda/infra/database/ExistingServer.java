package dev.pglambda.infra.database;

import dev.pglambda.infra.network.Network;
import java.util.List;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterAttributes;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceAttributes;
import software.constructs.Construct;

/** An existing cluster or instance as CDK knows it, in a stack that does not have it. */
public record ExistingServer(Construct scope, ExistingDatabase existing, ISecurityGroup group) {

    /** With PostgreSQL's version, which a proxy has to know. */
    public DatabaseServer withVersion(DatabaseSettings settings) {
        String resourceId = existing.administrator().resourceId().orElse("");
        return existing.name().kind() == DatabaseName.Kind.CLUSTER
                ? cluster(settings, resourceId)
                : instance(settings, resourceId);
    }

    private DatabaseServer cluster(DatabaseSettings settings, String resourceId) {
        return DatabaseServer.of(
                existing.name(),
                DatabaseCluster.fromDatabaseClusterAttributes(
                        scope,
                        "Cluster",
                        DatabaseClusterAttributes.builder()
                                .clusterIdentifier(existing.name().identifier())
                                .clusterEndpointAddress(existing.host())
                                .port(Network.PORT)
                                .engine(PostgresCluster.engine(settings.version(), settings.majorVersion()))
                                .securityGroups(List.of(group))
                                .build()),
                resourceId);
    }

    private DatabaseServer instance(DatabaseSettings settings, String resourceId) {
        return DatabaseServer.of(
                existing.name(),
                DatabaseInstance.fromDatabaseInstanceAttributes(
                        scope,
                        "Instance",
                        DatabaseInstanceAttributes.builder()
                                .instanceIdentifier(existing.name().identifier())
                                .instanceEndpointAddress(existing.host())
                                .port(Network.PORT)
                                .engine(PostgresInstance.engine(settings.version(), settings.majorVersion()))
                                .securityGroups(List.of(group))
                                .build()),
                resourceId);
    }
}
