package dev.pglambda.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.crac.CheckpointException;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.RestoreException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through the checkpoint hooks of Lambda's own runtime client, to which the pom points the CRaC API. */
class SnapStartTest {

    @Test
    void a_call_is_rehearsed_without_being_handled_and_the_handler_serves_afterwards() throws Exception {
        try (ApplicationContext context = ApplicationContext.run()) {
            RehearsingHandler handler = new RehearsingHandler(
                    context, "{\"data\": {\"customer\": \"a\", \"lines\": [], \"express\": true}}");
            SnapStart held = SnapStart.register(handler::rehearseCall);
            System.gc(); // the contexts hold resources weakly

            checkpoint();
            Core.getGlobalContext().afterRestore(null);

            assertThat(held).isNotNull();
            assertThat(handler.rehearsed).hasValue(1);
            assertThat(handler.lastCall).isNull();
            assertThat(handler.execute(
                                    Payload.of("{\"data\": {\"customer\": \"a\", \"lines\": [], \"express\": true}}"))
                            .text())
                    .startsWith("{\"result\":");
        }
    }

    @Test
    void a_rehearsal_that_fails_does_not_stop_the_checkpoint() throws Exception {
        try (ApplicationContext context = ApplicationContext.run()) {
            RehearsingHandler handler = new RehearsingHandler(context, "no JSON");
            SnapStart held = SnapStart.register(handler::rehearseCall);

            checkpoint();

            assertThat(held).isNotNull();
            assertThat(handler.rehearsed).hasValue(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"on-demand, prepared", "snap-start, rehearsed"})
    void work_ahead_of_the_first_call_is_done_once(String initialization, String done) throws Exception {
        String crac = "org.crac.Core.Compat";
        ProcessBuilder function = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-D" + crac + "=" + System.getProperty(crac),
                "-cp",
                System.getProperty("java.class.path"),
                Function.class.getName());
        function.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
        Process process =
                function.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(done);
    }

    /** A function's process until after the checkpoint. */
    static final class Function {

        public static void main(String[] arguments) throws Exception {
            WarmingHandler handler = new WarmingHandler();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("pglambda-prepare")) {
                    thread.join();
                }
            }
            checkpoint();
            handler.close();
        }
    }

    private static final class WarmingHandler extends DatabaseHandler<JsonNode, JsonNode> {

        @Override
        protected Optional<Runnable> preparation() {
            return Optional.of(() -> System.out.println("prepared"));
        }

        @Override
        protected Optional<JsonNode> rehearse(JsonNode item, Call call) {
            System.out.println("rehearsed");
            return Optional.of(item);
        }

        @Override
        protected JsonNode handle(JsonNode item, Call call) {
            return item;
        }
    }

    /** Lambda's context runs the hooks, then clears the resolver's cache through a library that exists only there. */
    private static void checkpoint() throws CheckpointException, RestoreException {
        try {
            Core.getGlobalContext().beforeCheckpoint(null);
        } catch (UnsatisfiedLinkError e) {
            assertThat(e).hasMessageContaining("DNSManager.clearCache");
        }
    }

    private static final class RehearsingHandler extends OrderHandler {

        private final AtomicInteger rehearsed = new AtomicInteger();
        private final String example;

        RehearsingHandler(ApplicationContext context, String example) {
            super(context);
            this.example = example;
        }

        @Override
        protected Payload example() {
            return Payload.of(example);
        }

        @Override
        protected Optional<Priced> rehearse(Order item, Call call) {
            rehearsed.incrementAndGet();
            return Optional.empty();
        }
    }
}
