package dev.pglambda.infra.database;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.rds.IDatabaseInstance;
import software.amazon.awscdk.services.rds.ProxyTarget;
import software.amazon.awscdk.services.secretsmanager.ISecretAttachmentTarget;
import software.constructs.Construct;

/**
 * A cluster or an instance, new or existing.
 *
 * @param host where the writer listens
 * @param resourceId by which IAM names the server in {@code rds-db:connect}; it never changes
 * @param secrets what a user's secret is attached to, for its rotation
 */
public record DatabaseServer(
        DatabaseName name, String host, String resourceId, ISecretAttachmentTarget secrets, ProxyTarget proxied) {

    static DatabaseServer of(DatabaseName name, IDatabaseCluster cluster, String resourceId) {
        return new DatabaseServer(
                name,
                cluster.getClusterEndpoint().getHostname(),
                resourceId,
                cluster,
                ProxyTarget.fromCluster(cluster));
    }

    static DatabaseServer of(DatabaseName name, IDatabaseInstance instance, String resourceId) {
        return new DatabaseServer(
                name,
                instance.getDbInstanceEndpointAddress(),
                resourceId,
                instance,
                ProxyTarget.fromInstance(instance));
    }

    /** What IAM has to allow for a login by tokens as this user. */
    String loginArn(Construct scope, String user) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("rds-db")
                        .resource("dbuser")
                        .resourceName(resourceId + "/" + user)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }
}
