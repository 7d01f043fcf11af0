package dev.pglambda.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.crac.CheckpointException;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.RestoreException;
import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.call.Payload;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Uses the hooks of Lambda's runtime client, which the pom selects for the CRaC API. */
class SnapStartRehearsalTest {

    private final AtomicInteger rehearsed = new AtomicInteger();

    @Test
    void a_call_is_rehearsed_before_the_checkpoint() throws Exception {
        SnapStartRehearsal held = SnapStartRehearsal.registered(service(rehearsed::incrementAndGet));
        System.gc(); // the contexts hold resources weakly

        checkpoint();
        Core.getGlobalContext().afterRestore(null);

        assertThat(held).isNotNull();
        assertThat(rehearsed).hasValue(1);
    }

    @Test
    void a_rehearsal_that_fails_does_not_stop_the_checkpoint() throws Exception {
        SnapStartRehearsal held = SnapStartRehearsal.registered(service(() -> {
            throw new IllegalStateException("no example");
        }));

        checkpoint();

        assertThat(held).isNotNull();
    }

    @Test
    void nothing_is_registered_where_lambda_takes_no_snapshot() {
        assertThat(SnapStartRehearsal.register(service(rehearsed::incrementAndGet)))
                .isEmpty();
    }

    private static FunctionService service(Runnable rehearsal) {
        return new FunctionService() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Payload answer(Payload request, Optional<Context> lambda) {
                return request;
            }

            @Override
            public void rehearse() {
                rehearsal.run();
            }
        };
    }

    /** Lambda's context runs the hooks, then clears the resolver's cache through a library that exists only there. */
    private static void checkpoint() throws CheckpointException, RestoreException {
        try {
            Core.getGlobalContext().beforeCheckpoint(null);
        } catch (UnsatisfiedLinkError e) {
            assertThat(e).hasMessageContaining("DNSManager.clearCache");
        }
    }
}
