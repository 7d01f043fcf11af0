package dev.pglambda.database;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Puts the pool to sleep while SnapStart takes its picture: a connection in it would be dead, and credentials stale, in
 * every copy that is restored from it. The contexts of CRaC hold resources weakly, so keep this object.
 */
final class Checkpoint implements Resource {

    private final PooledDataSource connections;

    private Checkpoint(PooledDataSource connections) {
        this.connections = connections;
    }

    static Checkpoint of(PooledDataSource connections) {
        Checkpoint checkpoint = new Checkpoint(connections);
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
