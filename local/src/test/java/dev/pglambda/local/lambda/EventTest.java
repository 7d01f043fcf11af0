package dev.pglambda.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.LambdaApiException;
import dev.pglambda.local.lambda.functions.Many;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invocations of type Event, whose callers do not wait. */
class EventTest {

    private static final FunctionDescription DESCRIPTION = TestLambda.description("f", Many.class);

    private final Queue<String> ids = new ConcurrentLinkedQueue<>();
    private TestLambda lambda;

    @BeforeEach
    void start() throws Exception {
        lambda = TestLambda.start(LambdaSettings.defaults()
                .withMaxConcurrency(2)
                .withEventRetryDelays(List.of(Duration.ofMillis(20), Duration.ofMillis(40))));
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    @Test
    void is_accepted_at_once_and_tried_three_times_with_one_id() {
        lambda.api().deploy(DESCRIPTION, this::fail);
        InvokeReply reply = lambda.invoke("f", "{}", InvocationType.EVENT);
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(reply.payload()).isEmpty();
        Awaitility.await()
                .until(() -> lambda.lines().stream().anyMatch(line -> line.contains("given up after 3 tries")));
        assertThat(ids).hasSize(3);
        assertThat(List.copyOf(ids).stream().distinct()).hasSize(1);
    }

    @Test
    void is_not_tried_again_after_success() {
        AtomicInteger tries = new AtomicInteger();
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            ids.add(context.getAwsRequestId());
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
            }
            return event;
        });
        lambda.invoke("f", "{}", InvocationType.EVENT);
        Awaitility.await().until(() -> ids.size() == 2);
        Awaitility.await().during(Duration.ofMillis(150)).until(() -> ids.size() == 2);
    }

    @Test
    void gets_no_client_context() {
        Queue<Boolean> contexts = new ConcurrentLinkedQueue<>();
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            contexts.add(context.getClientContext() == null);
            return event;
        });
        Optional<String> clientContext = Optional.of(TestLambda.base64("{\"custom\":{}}"));
        lambda.api()
                .invoke(new InvokeRequest(
                        "f", Optional.empty(), InvocationType.EVENT, false, clientContext, "{}".getBytes()))
                .join();
        Awaitility.await().untilAsserted(() -> assertThat(contexts).containsExactly(true));
    }

    @Test
    void a_client_context_over_the_limit_is_refused_for_events_too() {
        lambda.api().deploy(DESCRIPTION, (event, context) -> event);
        InvokeRequest request = new InvokeRequest(
                "f",
                Optional.empty(),
                InvocationType.EVENT,
                false,
                Optional.of("x".repeat(3584)),
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> lambda.api().invoke(request).join()).hasMessageContaining("3583 bytes of base64");
    }

    @Test
    void more_events_than_can_run_wait() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gate.await();
            running.decrementAndGet();
            ids.add(context.getAwsRequestId());
            return event;
        });
        for (int i = 0; i < 50; i++) {
            lambda.invoke("f", Integer.toString(i), InvocationType.EVENT);
        }
        Awaitility.await().until(() -> running.get() == 2);
        gate.countDown();
        Awaitility.await().until(() -> ids.size() == 50);
        assertThat(most).hasValue(2);
    }

    @Test
    void waiting_events_run_after_a_new_deployment() {
        CountDownLatch gate = new CountDownLatch(1);
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            gate.await();
            return event;
        });
        for (int i = 0; i < 5; i++) {
            lambda.invoke("f", Integer.toString(i), InvocationType.EVENT);
        }
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            ids.add(context.getAwsRequestId());
            return event;
        });
        Awaitility.await().until(() -> ids.size() == 3);
        gate.countDown();
    }

    @Test
    void over_one_megabyte_it_is_refused() {
        lambda.api().deploy(DESCRIPTION, (event, context) -> event);
        String fits = "\"" + "x".repeat(1_048_574) + "\"";
        assertThat(lambda.invoke("f", fits, InvocationType.EVENT).statusCode()).isEqualTo(202);
        assertThatThrownBy(() -> lambda.invoke("f", fits + " ", InvocationType.EVENT))
                .hasCauseInstanceOf(LambdaApiException.class)
                .hasMessageContaining("Request must be smaller than 1048576 bytes");
    }

    private byte[] fail(byte[] event, Context context) {
        ids.add(context.getAwsRequestId());
        throw new IllegalStateException("always");
    }
}
