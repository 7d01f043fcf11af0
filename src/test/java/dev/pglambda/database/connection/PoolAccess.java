package dev.pglambda.database.connection;

/** What tests of other packages do with a pool. */
public final class PoolAccess {

    private PoolAccess() {}

    /** Closes every connection, those in use when they come back, so that the next work opens new ones. */
    public static void renewConnections(Pool pool) {
        pool.hikari().softEvictConnections();
    }

    /** Everything about it that has a text form. */
    public static String describe(Pool pool) {
        return pool + " " + pool.hikari() + " " + pool.settings();
    }
}
