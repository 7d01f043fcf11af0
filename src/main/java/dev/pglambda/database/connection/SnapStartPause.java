package dev.pglambda.database.connection;

import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Suspends the pool for the SnapStart snapshot: in every environment restored from it, a connection would be dead and
 * the credentials old. CRaC's contexts hold resources weakly, so keep this object.
 */
public final class SnapStartPause implements Resource {

    private final PooledDataSource connections;

    private SnapStartPause(PooledDataSource connections) {
        this.connections = connections;
    }

    /** Registers a pause if Lambda is going to take a snapshot. Otherwise CRaC's classes are not loaded. */
    public static Optional<SnapStartPause> register(PooledDataSource connections) {
        return "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))
                ? Optional.of(registered(connections))
                : Optional.empty();
    }

    static SnapStartPause registered(PooledDataSource connections) {
        SnapStartPause checkpoint = new SnapStartPause(connections);
        Core.getGlobalContext().register(checkpoint);
        return checkpoint;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        connections.suspend();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        connections.resume();
    }
}
