package dev.pglambda.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramHandlerTest {

    private static final Call CALL = Call.of("1");

    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endWhatWaits() {
        end.countDown();
    }

    @Test
    void a_program_is_made_once_for_a_call() {
        assertThat(handler(item -> 2 * item).handle(21, CALL)).isEqualTo(42);
        assertThat(made).hasValue(1);
        assertThat(handler(item -> 2 * item).handleAll(List.of(1, 2, 3), CALL))
                .extracting(Outcome::orElseThrow)
                .containsExactly(2, 4, 6);
        assertThat(made).hasValue(2);
    }

    @Test
    void an_item_that_fails_fails_no_other() {
        List<Outcome<Integer>> outcomes = handler(item -> {
                    if (item == 2) {
                        throw new HandlerException("22023", "not 2");
                    }
                    return 6 / (item - 3);
                })
                .handleAll(List.of(1, 2, 3, 4), CALL);
        assertThat(outcomes.get(0).orElseThrow()).isEqualTo(-3);
        assertFails(outcomes.get(1), "22023");
        assertFails(outcomes.get(2), "38000");
        assertThat(outcomes.get(3).orElseThrow()).isEqualTo(6);
    }

    @Test
    void a_program_that_cannot_be_made_is_the_error_of_each_item() {
        Handler<Integer, Integer> handler = new ProgramRunner().handler("the test", () -> {
            made.incrementAndGet();
            throw new HandlerException("22023", "no program");
        });
        assertThat(handler.handleAll(List.of(1, 2), CALL))
                .allSatisfy(outcome -> assertFails(outcome, "22023"))
                .hasSize(2);
        assertThat(made).hasValue(1);
        assertThatThrownBy(() -> handler.handle(1, CALL)).hasMessage("no program");
    }

    @Test
    void the_limit_of_a_batch_says_at_which_item_it_was() {
        Handler<Integer, Integer> handler = handler(item -> item == 2 ? waitForTheEnd() : item);
        assertThatThrownBy(() -> handler.handleAll(List.of(1, 2, 3), soon()))
                .isInstanceOfSatisfying(ProgramLimitError.class, limit -> assertThat(
                                limit.inBatch(List.of(0, 3, 4), 5).getMessage())
                        .matches("the test did not end within [0-9]+ ms \\(item 4 of 5\\)"));
        assertThatThrownBy(() -> handler.handle(2, soon()))
                .isInstanceOf(ProgramLimitError.class)
                .hasMessageMatching("the test did not end within [0-9]+ ms");
    }

    @Test
    void the_limit_of_a_program_that_is_never_made_is_that_of_the_first_item() {
        Handler<Integer, Integer> handler = new ProgramRunner().handler("the test", () -> {
            waitForTheEnd();
            return item -> item;
        });
        assertThatThrownBy(() -> handler.handleAll(List.of(1, 2, 3), soon()))
                .isInstanceOfSatisfying(ProgramLimitError.class, limit -> assertThat(
                                limit.inBatch(List.of(0, 1, 2), 3).getMessage())
                        .endsWith("(item 1 of 3)"));
    }

    private Handler<Integer, Integer> handler(Function<Integer, Integer> program) {
        return new ProgramRunner().handler("the test", () -> {
            made.incrementAndGet();
            return program;
        });
    }

    private static Call soon() {
        return CALL.withDeadline(Deadline.of(Duration.ofMillis(100)));
    }

    private static void assertFails(Outcome<Integer> outcome, String sqlState) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failure.class, failure -> assertThat(
                        failure.error().sqlState())
                .isEqualTo(sqlState));
    }

    private int waitForTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
