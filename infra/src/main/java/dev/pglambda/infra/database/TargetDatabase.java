package dev.pglambda.infra.database;

import dev.pglambda.infra.network.NetworkPlace;
import java.util.List;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.IDependable;

/**
 * The cluster whose database calls the functions: a new one of this stack, or an existing one.
 *
 * @param administrator the secret of the installer
 * @param extensions that the installer creates
 * @param ready what must exist before the installer can run, and before the first call
 */
public record TargetDatabase(
        NetworkPlace place,
        IDatabaseCluster cluster,
        ISecret administrator,
        String name,
        PostgresInvokeRole invokeRole,
        List<String> extensions,
        List<IDependable> ready) {

    public TargetDatabase {
        extensions = List.copyOf(extensions);
        ready = List.copyOf(ready);
    }

    /** The endpoint of the writer. */
    public String host() {
        return cluster.getClusterEndpoint().getHostname();
    }
}
