package dev.pglambda.database;

/** What is done inside one transaction. Its return commits; whatever it throws rolls back and reaches the caller as is. */
@FunctionalInterface
public interface TransactionWork<T, E extends Exception> {

    T run(Transaction transaction) throws E;
}
