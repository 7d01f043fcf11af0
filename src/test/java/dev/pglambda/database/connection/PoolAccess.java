package dev.pglambda.database.connection;

/** Access to a pool for tests of other packages. */
public final class PoolAccess {

    private PoolAccess() {}

    /** Closes every connection, those in use when they come back, so that the next work opens new ones. */
    public static void renewConnections(Pool pool) {
        pool.hikari().softEvictConnections();
    }

    /** All texts of a pool. */
    public static String describe(Pool pool) {
        return pool + " " + pool.hikari() + " " + pool.settings();
    }
}
