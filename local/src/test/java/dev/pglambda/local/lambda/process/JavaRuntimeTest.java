package dev.pglambda.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.FunctionZip;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.TestLambda;
import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.functions.FailingInit;
import dev.pglambda.local.lambda.functions.Many;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function under AWS's loop with our client in Java, as on systems for which AWS has no native one. */
class JavaRuntimeTest {

    @TempDir
    static Path directory;

    static TestLambda lambda;

    @BeforeAll
    static void start() throws Exception {
        lambda = TestLambda.startWithoutNativeClient(LambdaSettings.defaults());
        lambda.deploy("many", Many.class, FunctionZip.ofJar("lib/many.jar", Many.class), directory);
    }

    @AfterAll
    static void stop() {
        lambda.close();
    }

    @Test
    void the_native_client_is_not_loaded() {
        assertThat(lambda.call("many", "\"stack\""))
                .contains("dev.pglambda.local.lambda.runtime.JavaRuntime ")
                .doesNotContain("NativeClient");
    }

    @Test
    void a_handler_that_cannot_be_loaded_is_the_reply_of_every_call() throws Exception {
        lambda.deploy("init", FailingInit.class, FunctionZip.ofClasses(FailingInit.class), directory);
        lambda.deploy("missing", Many.class, FunctionZip.ofClasses(FailingInit.class), directory);
        for (int i = 0; i < 2; i++) {
            assertThat(TestLambda.text(lambda.invoke("init", "{}"))).contains("\"errorMessage\":\"not today\"");
            assertThat(TestLambda.text(lambda.invoke("missing", "{}")))
                    .contains("Class not found: " + Many.class.getName());
        }
    }

    @Test
    void replies_again_and_again() {
        for (int i = 0; i < 100; i++) {
            assertThat(lambda.call("many", "{\"\u00e4\":" + i + "}")).isEqualTo("{\"\u00e4\":" + i + "}");
        }
        String large = "\"" + "x".repeat(5_000_000) + "\"";
        assertThat(lambda.call("many", large)).isEqualTo(large);
    }

    @Test
    void passes_the_context_on() {
        InvokeReply reply = lambda.api()
                .invoke(new InvokeRequest(
                        "many:live",
                        Optional.empty(),
                        InvocationType.REQUEST_RESPONSE,
                        false,
                        Optional.of(TestLambda.base64("{\"custom\":{\"k\":\"v\"}}")),
                        "\"context\"".getBytes()))
                .join();
        assertThat(TestLambda.text(reply))
                .contains("function:many:live\"", "\"custom\":\"{k=v}\"")
                .containsPattern("\"remaining\":\"(30000|[12][0-9]{4})\"");
    }

    @Test
    void reports_errors_and_takes_the_next_call() {
        String pid = lambda.call("many", "\"pid\"");
        assertThat(TestLambda.text(lambda.invoke("many", "\"throw it\""))).contains("\"errorMessage\":\"it\"");
        assertThat(TestLambda.text(lambda.invoke("many", "\"large 6291557\""))).contains("ResponseSizeTooLarge");
        assertThat(lambda.call("many", "\"pid\"")).isEqualTo(pid);
    }
}
