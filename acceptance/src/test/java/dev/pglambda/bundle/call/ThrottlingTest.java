package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.RequestJson;
import dev.pglambda.bundle.kit.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lambda refuses a call with 429: it has certainly not run, so it is made again while the caller waits. */
class ThrottlingTest extends CallFixture {

    @Test
    void call_is_made_again_with_the_same_id_and_the_time_that_is_left() {
        List<String> requests = new ArrayList<>();
        LAMBDA.does(request -> {
            requests.add(request);
            return requests.size() <= 4
                    ? FakeLambda.refusal("TooManyRequestsException", 429, "Rate Exceeded.")
                    : FakeLambda.reply("{\"result\": \"in the end\"}");
        });
        app.execute("set aws_lambda.request_timeout_ms = 20000");
        assertThat(app.value("select process_data('1')")).isEqualTo("\"in the end\"");
        assertThat(requests).hasSize(5);
        assertThat(requests.stream().map(request -> member(request, "id")).distinct())
                .hasSize(1);
        List<Integer> left = requests.stream()
                .map(request -> Integer.valueOf(member(request, "timeoutMs")))
                .toList();
        assertThat(left.get(0)).isEqualTo(20_000);
        assertThat(left).isSortedAccordingTo((a, b) -> Integer.compare(b, a)).doesNotHaveDuplicates();
    }

    @Test
    void caller_does_not_wait_longer_than_for_any_call() {
        LAMBDA.refuses("TooManyRequestsException", 429, "Rate Exceeded.");
        operator.execute("select pglambda.register('process', timeout_ms => 600)");
        long start = System.nanoTime();
        assertThat(errorOf(() -> app.value("select process_data('1')")).sqlState())
                .isEqualTo("39000");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
        operator.execute("select pglambda.register('process', timeout_ms => 0)");
    }

    @Test
    void cancelled_statement_does_not_try_again() {
        LAMBDA.refuses("TooManyRequestsException", 429, "Rate Exceeded.");
        app.execute("set aws_lambda.request_timeout_ms = 60000; set statement_timeout = 300");
        assertThat(errorOf(() -> app.value("select process_data('1')")).sqlState())
                .isEqualTo("57014");
        app.execute("reset statement_timeout");
    }

    /** 32 sessions of a function that has 4 environments: what a batch of imports does to a small function. */
    @Test
    void sessions_over_the_functions_concurrency_all_get_their_results() throws Exception {
        AtomicInteger running = new AtomicInteger();
        LAMBDA.does(request -> {
            if (running.incrementAndGet() > 4) {
                running.decrementAndGet();
                return FakeLambda.refusal("TooManyRequestsException", 429, "Rate Exceeded.");
            }
            return CompletableFuture.supplyAsync(
                    () -> {
                        running.decrementAndGet();
                        return FakeLambda.reply("{\"result\": 1}").join();
                    },
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        });
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                calls.add(threads.submit(() -> {
                    try (Sql session = database.as("app")) {
                        session.execute("set aws_lambda.request_timeout_ms = 60000");
                        return session.value(
                                "select count(process_data(to_jsonb(i)))::text from generate_series(1, 5) i");
                    }
                }));
            }
            for (Future<String> call : calls) {
                assertThat(call.get(120, TimeUnit.SECONDS)).isEqualTo("5");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String member(String request, String name) {
        return RequestJson.text(RequestJson.parsed(request).get(name));
    }
}
