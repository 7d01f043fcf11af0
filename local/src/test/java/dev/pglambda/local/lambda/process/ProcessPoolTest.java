package dev.pglambda.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.FunctionZip;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.TestLambda;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.LambdaApiException;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.functions.Echo;
import dev.pglambda.local.lambda.functions.FailingInit;
import dev.pglambda.local.lambda.functions.HangingStart;
import dev.pglambda.local.lambda.functions.Many;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments: when they start, are used again, and end. */
class ProcessPoolTest {

    @TempDir
    Path directory;

    @Test
    void under_load_there_are_more_environments_with_one_call_each_up_to_the_limit() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults().withMaxConcurrency(3))) {
            List<CompletableFuture<InvokeReply>> calls = IntStream.range(0, 3)
                    .mapToObj(i -> lambda.api().invoke(InvokeRequest.of("many", "\"sleep 700\"".getBytes())))
                    .toList();
            CompletableFuture<InvokeReply> refused = lambda.api().invoke(InvokeRequest.of("many", "1".getBytes()));
            assertThat(refused)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(LambdaApiException.class)
                    .withMessageContaining("Rate Exceeded.");
            assertThat(calls).extracting(call -> TestLambda.text(call.join())).doesNotHaveDuplicates();
            assertThat(lambda.call("many", "1")).isEqualTo("1");
        }
    }

    @Test
    void calls_that_wait_for_a_start_take_the_first_free_environment() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults().withMaxConcurrency(20))) {
            List<CompletableFuture<InvokeReply>> calls = IntStream.range(0, 20)
                    .mapToObj(i -> lambda.api().invoke(InvokeRequest.of("many", "\"pid\"".getBytes())))
                    .toList();
            assertThat(calls)
                    .extracting(call -> TestLambda.text(call.join()))
                    .hasSize(20)
                    .satisfies(pids -> assertThat(new HashSet<>(pids)).hasSizeLessThan(20));
        }
    }

    @Test
    void the_environment_used_last_is_used_next() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults())) {
            CompletableFuture<InvokeReply> first =
                    lambda.api().invoke(InvokeRequest.of("many", "\"sleep 300\"".getBytes()));
            lambda.call("many", "\"sleep 600\"");
            String last = lambda.call("many", "\"pid\"");
            assertThat(TestLambda.text(first.join())).isNotEqualTo(last);
            for (int i = 0; i < 5; i++) {
                assertThat(lambda.call("many", "\"pid\"")).isEqualTo(last);
            }
        }
    }

    @Test
    void a_started_environment_takes_the_first_call() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults())) {
            Set<Long> before = children();
            lambda.api().prestart("many");
            Set<Long> started = new HashSet<>();
            Awaitility.await().until(() -> {
                started.addAll(children());
                started.removeAll(before);
                return started.size() == 1;
            });
            assertThat(Long.valueOf(lambda.call("many", "\"pid\""))).isIn(started);
            assertThat(Long.valueOf(lambda.call("many", "\"pid\""))).isIn(started);
        }
    }

    @Test
    void a_started_environment_that_cannot_run_fails_the_call_and_not_the_platform() throws Exception {
        try (TestLambda lambda = TestLambda.start(LambdaSettings.defaults())) {
            FunctionZip zip = FunctionZip.ofJar("lib/failing.jar", FailingInit.class);
            lambda.deploy("failing", FailingInit.class, zip, directory);
            lambda.api().prestart("failing");
            assertThat(TestLambda.text(lambda.invoke("failing", "1"))).contains("not today");
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @Test
    void versions_have_environments_of_their_own() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults())) {
            String latest = lambda.call("many", "\"pid\"");
            assertThat(lambda.call("many:live", "\"pid\"")).isNotEqualTo(latest);
            assertThat(lambda.call("many:1", "\"environment\"")).contains("\"AWS_LAMBDA_FUNCTION_VERSION\":\"1\"");
            assertThat(lambda.call("many:$LATEST", "\"pid\"")).isEqualTo(latest);
        }
    }

    /**
     * Both are started ahead of a call: the first gets no call before its time is over, for the second a call waits.
     */
    @Test
    void processes_that_hang_at_their_start_are_killed_and_calls_get_others() throws Exception {
        try (TestLambda lambda = TestLambda.start(LambdaSettings.defaults())) {
            Path flag = Files.createFile(directory.resolve("hang"));
            String uncalled = startHanging(lambda, "uncalled", flag);
            String called = startHanging(lambda, "called", flag);
            CompletableFuture<InvokeReply> waiting =
                    lambda.api().invoke(InvokeRequest.of("called", "1".getBytes(StandardCharsets.UTF_8)));
            Files.delete(flag);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> TestLambda.isDead(uncalled));
            assertThat(lambda.call("uncalled", "1")).isEqualTo("\"up\"");
            assertThat(TestLambda.text(waiting.get(30, TimeUnit.SECONDS))).isEqualTo("\"up\"");
            assertThat(TestLambda.isDead(called)).isTrue();
        }
    }

    /** Returns the id of the process that hangs. */
    private String startHanging(TestLambda lambda, String name, Path flag) throws Exception {
        Path zip = FunctionZip.ofJar("lib/f.jar", HangingStart.class).write(directory.resolve(name + ".zip"));
        lambda.api()
                .deploy(new ZipFunction(
                        TestLambda.brief(name, HangingStart.class),
                        zip,
                        List.of(),
                        Map.of("HANG_IF_THERE", flag.toString())));
        lambda.api().prestart(name);
        return Awaitility.await()
                .until(
                        () -> lambda.lines().stream()
                                .filter(line -> line.startsWith(name + " pid "))
                                .map(line -> line.substring(name.length() + 5))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    @Test
    void a_function_may_have_a_limit_of_its_own() throws Exception {
        try (TestLambda lambda = TestLambda.start(LambdaSettings.defaults())) {
            FunctionDescription one = new FunctionDescription(
                    "one",
                    Many.class.getName(),
                    "",
                    256,
                    30,
                    false,
                    List.of(),
                    false,
                    true,
                    OptionalInt.of(1),
                    List.of(),
                    Optional.empty());
            lambda.deploy(one, FunctionZip.ofJar("lib/many.jar", Many.class).write(directory.resolve("one.zip")));
            CompletableFuture<InvokeReply> first =
                    lambda.api().invoke(InvokeRequest.of("one", "\"sleep 300\"".getBytes(StandardCharsets.UTF_8)));
            assertThat(lambda.api().invoke(InvokeRequest.of("one", "1".getBytes(StandardCharsets.UTF_8))))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withMessageContaining("Rate Exceeded.");
            assertThat(first.get(30, TimeUnit.SECONDS).functionError()).isEmpty();
        }
    }

    @Test
    void an_idle_environment_ends() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults().withIdleTimeout(Duration.ofMillis(100)))) {
            String pid = lambda.call("many", "\"pid\"");
            Awaitility.await().until(() -> TestLambda.isDead(pid));
            assertThat(lambda.call("many", "\"pid\"")).isNotEqualTo(pid);
        }
    }

    @Test
    void a_removed_function_finishes_its_calls_and_ends() throws Exception {
        try (TestLambda lambda = deployed(LambdaSettings.defaults())) {
            lambda.call("many", "1");
            CompletableFuture<InvokeReply> running =
                    lambda.api().invoke(InvokeRequest.of("many", "\"sleep 300\"".getBytes()));
            lambda.api().remove("many");
            assertThat(lambda.api().invoke(InvokeRequest.of("many", "1".getBytes())))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withMessageContaining("Function not found");
            String pid = TestLambda.text(running.join());
            Awaitility.await().until(() -> TestLambda.isDead(pid));
        }
    }

    @Test
    void a_rebuilt_zip_is_used_under_load_without_losing_a_call() throws Exception {
        try (TestLambda lambda = TestLambda.start(LambdaSettings.defaults())) {
            Path zip = build(directory.resolve("echo.zip"), 0);
            lambda.deploy(TestLambda.description("echo", Echo.class), zip);
            assertThat(lambda.call("echo", "{}")).isEqualTo("0");
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService callers = Executors.newFixedThreadPool(3);
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                results.add(callers.submit(() -> callUntil(lambda, done)));
            }
            for (int build = 1; build <= 3; build++) {
                rebuildSlowly(zip, build);
                String expected = Integer.toString(build);
                Awaitility.await().untilAsserted(() -> assertThat(lambda.call("echo", "{}"))
                        .isEqualTo(expected));
            }
            done.set(true);
            callers.shutdown();
            for (Future<List<String>> result : results) {
                assertThat(result.get()).isSorted().startsWith("0").endsWith("3");
            }
            assertThat(lambda.lines()).anyMatch(line -> line.contains("Keeping the current code"));
        }
    }

    @Test
    void closing_ends_every_process_and_removes_the_code() throws Exception {
        String pid;
        String place;
        try (TestLambda lambda = deployed(LambdaSettings.defaults())) {
            pid = lambda.call("many", "\"pid\"");
            place = lambda.call("many", "\"where\"").replace("\"", "");
            lambda.api().invoke(InvokeRequest.of("many", "\"spin\"".getBytes()));
        }
        assertThat(TestLambda.isDead(pid)).isTrue();
        assertThat(Path.of(place)).doesNotExist();
    }

    @Test
    void a_call_that_runs_when_the_platform_closes_is_answered() throws Exception {
        CompletableFuture<InvokeReply> running;
        try (TestLambda lambda = deployed(LambdaSettings.defaults())) {
            lambda.call("many", "1");
            running = lambda.api().invoke(InvokeRequest.of("many", "\"spin\"".getBytes()));
            Awaitility.await()
                    .until(() -> lambda.lines().stream()
                                    .filter(line -> line.contains("START RequestId"))
                                    .count()
                            == 2);
        }
        assertThat(TestLambda.text(running.join())).contains("Runtime.ExitError", "signal: killed");
    }

    private TestLambda deployed(LambdaSettings settings) throws Exception {
        TestLambda lambda = TestLambda.start(settings);
        lambda.deploy("many", Many.class, FunctionZip.ofJar("lib/many.jar", Many.class), directory);
        return lambda;
    }

    /** A function that answers with the number of its build. */
    private static Path build(Path zip, int number) throws Exception {
        return FunctionZip.ofJar("lib/echo.jar", Echo.class)
                .with("build.txt", Integer.toString(number).getBytes())
                .with("ballast", new byte[200_000])
                .write(zip);
    }

    /** As a build does it: the file exists half-written for some time. */
    private void rebuildSlowly(Path zip, int number) throws Exception {
        byte[] bytes = Files.readAllBytes(build(directory.resolve("next.zip"), number));
        int half = bytes.length / 2;
        Files.write(zip, Arrays.copyOf(bytes, half));
        Thread.sleep(50); // the time in which callers meet the half
        Files.write(zip, bytes);
    }

    private static List<String> callUntil(TestLambda lambda, AtomicBoolean done) {
        List<String> replies = new ArrayList<>();
        boolean last;
        do {
            last = done.get(); // so that the last call begins after the last build was seen
            try {
                replies.add(lambda.call("echo", "{}"));
            } catch (CompletionException e) {
                throw new AssertionError("lost a call", e);
            }
        } while (!last);
        return replies;
    }
}
