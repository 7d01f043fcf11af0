package dev.pglambda.bundle.batch;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.EchoingBatches;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.Sql;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A database with registered functions, and a scripted Lambda that answers batches. */
abstract class BatchFixture {

    static final FakeLambda LAMBDA = BundleServer.LAMBDA;

    static BundleServer database;
    static Sql app;
    static Sql operator;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        app = database.as("app");
        operator = database.as("operator");
        operator.execute("select pglambda.register('few', 'few', max_batch_items => 10)");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    static EchoingBatches echo() {
        EchoingBatches lambda = new EchoingBatches();
        LAMBDA.does(lambda);
        return lambda;
    }

    static String numbers(int count) {
        return "(select array_agg(to_jsonb(i) order by i) from generate_series(1, " + count + ") i)";
    }

    static List<String> rows(String call) {
        return operator.values("select t::text from " + call + " t");
    }
}
