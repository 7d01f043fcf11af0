package dev.pglambda.bundle.durable;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.DurableFunction;
import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An outbox, and a function that does what its items say. Tests let time pass by changing the times in the outbox. */
abstract class DeliveryFixture {

    BundleServer database;
    Sql operator;
    Sql superuser;
    DurableFunction function;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        operator = database.as("operator");
        superuser = database.asSuperuser();
        function = DurableFunction.on(BundleServer.LAMBDA);
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    void enqueue(String name, String... items) {
        for (String item : items) {
            operator.value("select pglambda.enqueue(?, ?::jsonb)::text", name, item);
        }
    }

    void deliver() {
        operator.execute("call pglambda.deliver()");
    }

    /** Claims items, as a deliverer that is killed between its first and its second transaction. */
    void claimAndLeave() {
        operator.execute("select * from pglambda_private.claim(10)");
    }

    /** Moves all future times of the outbox to the past. */
    void letTimePass() {
        superuser.execute("update pglambda.outbox set due_at = least(due_at, clock_timestamp()),"
                + " lease_until = case when state = 'running' then least(lease_until, clock_timestamp()) end");
    }

    String row(String columns) {
        return row(columns, "true");
    }

    String row(String columns, String condition) {
        return operator.value("select array_to_string(array[" + columns.replaceAll("(, |^)([^,]+)", "$1($2)::text")
                + "], '|', '') from pglambda.outbox where " + condition);
    }

    int count(String state) {
        return Integer.parseInt(operator.value("select count(*)::text from pglambda.outbox where state = ?", state));
    }
}
