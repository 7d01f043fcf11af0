package dev.pglambda.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.functions.Many;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function under the Java half of the runtime client, as on systems where AWS has no native one. */
class JavaClientTest {

    @TempDir
    static Path directory;

    static TestLambda lambda;

    @BeforeAll
    static void start() throws Exception {
        lambda = TestLambda.startWithJavaClient(LambdaSettings.defaults());
        lambda.deploy("many", Many.class, FunctionZip.ofJar("lib/many.jar", Many.class), directory);
    }

    @AfterAll
    static void stop() {
        lambda.close();
    }

    @Test
    void is_the_one_that_is_loaded() {
        assertThat(lambda.call(
                        "many", "\"loaded com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient\""))
                .contains("java-client.jar");
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
    void reports_errors_and_goes_on() {
        String pid = lambda.call("many", "\"pid\"");
        assertThat(TestLambda.text(lambda.invoke("many", "\"throw it\""))).contains("\"errorMessage\":\"it\"");
        assertThat(TestLambda.text(lambda.invoke("many", "\"large 6291557\""))).contains("ResponseSizeTooLarge");
        assertThat(lambda.call("many", "\"pid\"")).isEqualTo(pid);
    }
}
