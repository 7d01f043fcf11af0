package dev.pglambda.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.FunctionZip;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.TestLambda;
import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.functions.FailingInit;
import dev.pglambda.local.lambda.functions.Many;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of a function, and the replies of its callers when it fails. */
class FunctionEnvironmentTest {

    @TempDir
    static Path directory;

    static TestLambda lambda;

    @BeforeAll
    static void start() throws Exception {
        lambda = TestLambda.start(LambdaSettings.defaults());
        Path many = lambda.deploy("many", Many.class, FunctionZip.ofJar("lib/many.jar", Many.class), directory);
        lambda.deploy(TestLambda.brief("brief", Many.class), many);
        lambda.deploy("init", FailingInit.class, FunctionZip.ofClasses(FailingInit.class), directory);
        lambda.deploy("missing", Many.class, FunctionZip.ofClasses(FailingInit.class), directory);
    }

    @AfterAll
    static void stop() {
        lambda.close();
    }

    @Test
    void a_warm_process_replies() {
        assertThat(lambda.call("many", "{\"a\":\"\u00e4\"}")).isEqualTo("{\"a\":\"\u00e4\"}");
        String pid = lambda.call("many", "\"pid\"");
        assertThat(lambda.call("many", "\"pid\"")).isEqualTo(pid);
    }

    @Test
    void an_empty_event_is_an_empty_object() {
        assertThat(lambda.call("many", "")).isEqualTo("{}");
    }

    @Test
    void an_exception_is_unhandled_and_the_process_continues() {
        String pid = lambda.call("many", "\"pid\"");
        InvokeReply reply = lambda.invoke("many", "\"throw no such item\"");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.functionError()).contains("Unhandled");
        assertThat(TestLambda.text(reply))
                .contains("\"errorMessage\":\"no such item\"", "\"errorType\":\"java.lang.IllegalStateException\"")
                .contains("\"stackTrace\":[\"dev.pglambda.local.lambda.functions.Many.reply(");
        assertThat(TestLambda.log(reply)).contains("no such item: java.lang.IllegalStateException");
        assertThat(lambda.call("many", "\"pid\"")).isEqualTo(pid);
    }

    @Test
    void out_of_memory_is_reported_and_ends_the_process() {
        String pid = lambda.call("many", "\"pid\"");
        InvokeReply reply = lambda.invoke("many", "\"memory\"");
        assertThat(TestLambda.text(reply)).contains("\"errorType\":\"java.lang.OutOfMemoryError\"");
        assertThat(lambda.call("many", "\"pid\"")).isNotEqualTo(pid);
    }

    @Test
    void over_its_time_it_is_killed() {
        String pid = lambda.call("brief", "\"pid\"");
        InvokeReply reply = lambda.invoke("brief", "\"sleep 60000\"");
        assertThat(reply.functionError()).contains("Unhandled");
        assertThat(TestLambda.text(reply))
                .matches("\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":"
                        + "\"RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds\"}");
        assertThat(TestLambda.log(reply)).contains("Task timed out after 1.00 seconds", "Status: timeout");
        Awaitility.await().until(() -> TestLambda.isDead(pid));
        assertThat(lambda.call("brief", "1")).isEqualTo("1");
    }

    @Test
    void an_endless_loop_and_what_it_started_are_killed() {
        String child = lambda.call("brief", "\"child 60\"");
        assertThat(TestLambda.text(lambda.invoke("brief", "\"spin\""))).contains("Sandbox.Timedout");
        Awaitility.await().until(() -> TestLambda.isDead(child));
    }

    @Test
    void an_exit_is_reported_with_its_status() {
        InvokeReply reply = lambda.invoke("many", "\"exit 3\"");
        assertThat(TestLambda.text(reply))
                .matches("\\{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":"
                        + "\"RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3\"}");
        assertThat(TestLambda.log(reply))
                .containsPattern("START .*\nlast words\nRequestId: .*status 3\nEND .*\nREPORT ");
        assertThat(TestLambda.text(lambda.invoke("many", "\"exit 0\"")))
                .contains("Runtime exited without providing a reason");
        assertThat(lambda.call("many", "1")).isEqualTo("1");
    }

    @Test
    void after_a_process_was_killed_from_outside_calls_get_a_new_one() {
        String pid = lambda.call("many", "\"pid\"");
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        // A call at the moment of its end fails with Runtime.ExitError.
        Awaitility.await()
                .untilAsserted(() -> assertThat(lambda.call("many", "\"pid\"")).isNotEqualTo(pid));
    }

    @Test
    void a_constructor_that_throws_is_the_reply_of_every_call() {
        for (int i = 0; i < 2; i++) {
            InvokeReply reply = lambda.invoke("init", "{}");
            assertThat(reply.functionError()).contains("Unhandled");
            assertThat(TestLambda.text(reply)).contains("\"errorMessage\":\"not today\"");
            assertThat(TestLambda.log(reply)).contains("not today", "REPORT");
        }
    }

    @Test
    void a_missing_class_is_named() {
        assertThat(TestLambda.text(lambda.invoke("missing", "{}")))
                .contains("Class not found: " + Many.class.getName());
    }

    @Test
    void five_megabytes_are_sent_and_received() {
        String event = "\"" + "x".repeat(5_000_000) + "\"";
        assertThat(lambda.call("many", event)).isEqualTo(event);
    }

    @Test
    void a_reply_over_the_limit_is_an_error_of_the_function() {
        assertThat(lambda.call("many", "\"large 6291556\"")).hasSize(6_291_556);
        InvokeReply reply = lambda.invoke("many", "\"large 6291557\"");
        assertThat(reply.functionError()).contains("Unhandled");
        assertThat(TestLambda.text(reply))
                .isEqualTo("{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":"
                        + "\"Response payload size exceeded maximum allowed payload size (6291556 bytes).\"}");
        assertThat(lambda.call("many", "1")).isEqualTo("1");
    }

    @Test
    void the_log_tail_has_what_was_printed_between_lambdas_lines() {
        lambda.call("many", "1");
        for (int i = 0; i < 20; i++) {
            String[] lines =
                    TestLambda.log(lambda.invoke("many", "\"print " + i + "\"")).split("\n");
            assertThat(lines).hasSize(6);
            assertThat(lines[0]).matches("START RequestId: [0-9a-f-]{36} Version: \\$LATEST");
            assertThat(lines).containsSequence("out " + i, "err " + i, "log " + i);
            assertThat(lines[4]).matches("END RequestId: [0-9a-f-]{36}");
            assertThat(lines[5])
                    .matches("REPORT RequestId: .{36}\tDuration: [0-9]+\\.[0-9]{2} ms\tMemory Size: 256 MB\t");
        }
        assertThat(lambda.lines()).contains("many out 19", "many err 19", "many log 19");
    }

    @Test
    void the_log_tail_is_the_last_four_kilobytes() {
        String tail = TestLambda.log(lambda.invoke("many", "\"print " + "x".repeat(1_000_000) + "\""));
        assertThat(tail).hasSize(4096).contains("xxx\nEND RequestId");
    }

    @Test
    void the_context_describes_the_call() {
        InvokeRequest request = new InvokeRequest(
                "many",
                Optional.of("live"),
                InvocationType.REQUEST_RESPONSE,
                false,
                Optional.of(TestLambda.base64("{\"custom\":{\"k\":\"\u00e4\"}}")),
                "\"context\"".getBytes());
        InvokeReply reply = lambda.api().invoke(request).join();
        assertThat(reply.executedVersion()).isEqualTo("1");
        assertThat(reply.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:many:live");
        assertThat(TestLambda.text(reply))
                .contains("\"arn\":\"" + reply.functionArn() + "\"", "\"version\":\"1\"", "\"custom\":\"{k=\u00e4}\"")
                .containsPattern("\"remaining\":\"(30000|[12][0-9]{4})\"")
                .contains("\"memory\":\"256\"");
    }

    @Test
    void the_environment_has_lambdas_variables_only() {
        String environment = lambda.call("many", "\"environment\"");
        assertThat(environment)
                .contains("\"_HANDLER\":\"" + Many.class.getName() + "\"", "\"AWS_LAMBDA_FUNCTION_NAME\":\"many\"")
                .contains("\"AWS_REGION\":\"us-east-1\"", "\"COLOUR\":\"blue\"", "\"TZ\":\":UTC\"")
                .doesNotContain("\"HOME\"", "\"USER\"", "\"JAVA_HOME\"");
        assertThat(lambda.call("many", "\"charset\"")).isEqualTo("\"UTF-8\"");
        assertThat(lambda.call("many", "\"stdin\"")).isEqualTo("-1");
        assertThat(lambda.call("many", "\"where\"")).endsWith("/task\"");
        long heapMb = Long.parseLong(lambda.call("many", "\"heap\"")) / 1024 / 1024;
        assertThat(heapMb).isBetween(200L, 218L);
    }

    @Test
    void a_zip_that_cannot_be_opened_is_refused_with_what_to_do() {
        Path absent = directory.resolve("absent.zip");
        FunctionDescription definition = TestLambda.description("absent", Many.class);
        assertThatThrownBy(() -> lambda.api().deploy(new ZipFunction(definition, absent, List.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent.zip (it does not exist): build it");
    }
}
