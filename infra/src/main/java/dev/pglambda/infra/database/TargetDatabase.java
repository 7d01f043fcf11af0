package dev.pglambda.infra.database;

import dev.pglambda.infra.network.NetworkPlace;
import java.util.List;
import software.constructs.IDependable;

/**
 * The server whose database calls the functions: a new one of this stack, or an existing one.
 *
 * @param administrator as whom the installer logs in
 * @param extensions that the installer creates
 * @param ready what must exist before the installer can run, and before the first call
 */
public record TargetDatabase(
        NetworkPlace place,
        DatabaseServer server,
        DatabaseLogin administrator,
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
        return server.host();
    }
}
