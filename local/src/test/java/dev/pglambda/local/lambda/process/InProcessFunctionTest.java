package dev.pglambda.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.TestLambda;
import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.functions.Many;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A function in this process behaves as one in its own process. */
class InProcessFunctionTest {

    private static final FunctionDescription DESCRIPTION = TestLambda.description("f", Many.class);

    private TestLambda lambda;

    @BeforeEach
    void start() throws Exception {
        lambda = TestLambda.start(LambdaSettings.defaults().withMaxConcurrency(1));
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    @Test
    void replies_with_version_arn_and_log() {
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            context.getLogger().log("two\nlines");
            return (context.getInvokedFunctionArn() + " " + context.getFunctionVersion() + " "
                            + context.getClientContext().getCustom() + " " + context.getMemoryLimitInMB())
                    .getBytes(StandardCharsets.UTF_8);
        });
        InvokeReply reply = lambda.api()
                .invoke(new InvokeRequest(
                        "f:live",
                        Optional.empty(),
                        InvocationType.REQUEST_RESPONSE,
                        true,
                        Optional.of(TestLambda.base64("{\"custom\":{\"k\":\"v\"}}")),
                        "{}".getBytes()))
                .join();
        assertThat(TestLambda.text(reply))
                .isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:f:live 1 {k=v} 256");
        assertThat(reply.executedVersion()).isEqualTo("1");
        assertThat(TestLambda.log(reply)).matches("(?s)START .* Version: 1\ntwo\nlines\nEND .*\nREPORT .*\n");
    }

    @Test
    void an_exception_or_error_is_unhandled() {
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            throw new OutOfMemoryError("too \"much\"");
        });
        InvokeReply reply = lambda.invoke("f", "{}");
        assertThat(reply.functionError()).contains("Unhandled");
        assertThat(TestLambda.text(reply))
                .startsWith("{\"errorMessage\":\"too \\\"much\\\"\",\"errorType\":\"java.lang.OutOfMemoryError\","
                        + "\"stackTrace\":[\"" + InProcessFunctionTest.class.getName());
    }

    @Test
    void over_its_time_it_is_interrupted_and_reported() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        lambda.api().deploy(TestLambda.brief("f", Many.class), (event, context) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return event;
        });
        InvokeReply reply = lambda.invoke("f", "{}");
        assertThat(TestLambda.text(reply)).contains("Sandbox.Timedout", "Task timed out after 1.00 seconds");
        interrupted.await();
        lambda.api().deploy(DESCRIPTION, (event, context) -> event);
        assertThat(lambda.call("f", "1")).isEqualTo("1");
    }

    @Test
    void has_the_same_limits() {
        CountDownLatch gate = new CountDownLatch(1);
        lambda.api().deploy(DESCRIPTION, (event, context) -> {
            gate.await();
            return new byte[6_291_557];
        });
        CompletableFuture<InvokeReply> first = lambda.api().invoke(InvokeRequest.of("f", "{}".getBytes()));
        assertThat(lambda.api().invoke(InvokeRequest.of("f", "{}".getBytes())))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("Rate Exceeded.");
        gate.countDown();
        assertThat(TestLambda.text(first.join())).contains("Function.ResponseSizeTooLarge");
    }
}
