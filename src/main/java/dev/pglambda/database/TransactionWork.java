package dev.pglambda.database;

/** Work in one transaction. Its return commits; an exception rolls back and reaches the caller unchanged. */
@FunctionalInterface
public interface TransactionWork<T, E extends Exception> {

    T run(Transaction transaction) throws E;
}
