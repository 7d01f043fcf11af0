package dev.pglambda.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.functions.Many;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No process is left when the platform ends, even by SIGKILL: tested with a platform in its own process. */
class PlatformEndTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killed_or_asked_to_end_it_leaves_no_process_even_in_an_endless_loop(boolean kill) throws Exception {
        Process platform = startPlatform();
        try (BufferedReader output = platform.inputReader()) {
            String idle = output.readLine();
            String busy = output.readLine();
            String startedByBusy = output.readLine();
            assertThat(output.readLine()).isEqualTo("spinning");
            assertThat(idle).isNotEqualTo(busy);
            if (kill) {
                platform.destroyForcibly();
            } else {
                platform.destroy();
            }
            platform.waitFor();
            for (String pid : new String[] {idle, busy, startedByBusy}) {
                Awaitility.await().until(() -> TestLambda.isDead(pid));
            }
        } finally {
            platform.destroyForcibly();
        }
    }

    private Process startPlatform() throws IOException {
        Path zip = FunctionZip.ofJar("lib/many.jar", Many.class).write(directory.resolve("many.zip"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory, // what SIGKILL leaves there goes with the test
                        "-cp",
                        System.getProperty("java.class.path"),
                        Platform.class.getName(),
                        zip.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A platform with two environments: one idle, one in an endless loop, with a process that it started. */
    static final class Platform {
        public static void main(String[] args) throws Exception {
            TestLambda lambda = TestLambda.start(LambdaSettings.defaults());
            FunctionDescription patient =
                    FunctionDescription.of("many", Many.class.getName()).withLimits(256, 900);
            lambda.deploy(patient, Path.of(args[0]));
            System.out.println(lambda.call("many:live", "\"pid\""));
            System.out.println(lambda.call("many", "\"pid\""));
            System.out.println(lambda.call("many", "\"child 900\""));
            lambda.lines().clear();
            lambda.api().invoke(InvokeRequest.of("many", "\"spin\"".getBytes()));
            Awaitility.await().until(() -> lambda.lines().stream().anyMatch(line -> line.contains("spinning")));
            System.out.println("spinning");
            Thread.sleep(900_000);
        }
    }
}
