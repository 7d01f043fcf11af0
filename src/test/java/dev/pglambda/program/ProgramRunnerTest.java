package dev.pglambda.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.handler.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProgramRunnerTest {

    private final ProgramRunner runner = new ProgramRunner();

    @Test
    void the_result_of_a_program_is_returned() {
        assertThat(runner.run("the test", Deadline.none(), () -> 42)).isEqualTo(42);
    }

    @Test
    void what_a_program_throws_is_thrown() {
        var failure = new IllegalStateException("why");
        assertThatThrownBy(() -> runner.run("the test", Deadline.none(), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> runner.run("the test", Deadline.none(), ProgramRunnerTest::recursion))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void a_program_that_does_not_end_is_abandoned_at_the_deadline_and_the_next_one_runs() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> runner.run("the test", Deadline.of(Duration.ofMillis(50)), () -> {
                    awaitUninterruptibly(never);
                    return 1;
                }))
                .isInstanceOf(ProgramLimitError.class)
                .hasMessageMatching("the test did not end within [0-9]+ ms");
        assertThat(runner.run("the test", Deadline.none(), () -> 42)).isEqualTo(42);
        never.countDown();
    }

    @Test
    void a_program_that_fills_the_memory_is_over_its_limit() {
        assertThatThrownBy(() -> runner.run("the test", Deadline.none(), () -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(ProgramLimitError.class)
                .hasMessage("the test takes more memory than the function has");
    }

    @Test
    void programs_of_several_threads_run_side_by_side() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Callable<Boolean> program = () -> runner.run("the test", Deadline.of(Duration.ofSeconds(30)), () -> {
            both.countDown();
            awaitUninterruptibly(both);
            return true;
        });
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            for (Future<Boolean> done : callers.invokeAll(List.of(program, program))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            callers.shutdown();
        }
    }

    private static int recursion() {
        return recursion() + 1;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
