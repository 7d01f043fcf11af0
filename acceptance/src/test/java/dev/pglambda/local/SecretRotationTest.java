package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rotation as on AWS: Secrets Manager calls a function, which changes the password of another function's user. */
class SecretRotationTest {

    private static final String SECRET = "pglambda/local/process";

    @TempDir
    static Path directory;

    private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();

    private static LocalPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("../handlers"))
                .withOutput(LOG::add, (function, line) -> LOG.add(function + " " + line)));
        ZipFunction process = platform.functions().stream()
                .filter(function -> function.name().equals("process"))
                .findFirst()
                .orElseThrow();
        FunctionDescription description = FunctionDescription.of("rotation", SingleUserRotation.class.getName())
                .withLimits(512, 30)
                .withDatabase();
        platform.lambda().deploy(new ZipFunction(description, zip(process), process.layers(), process.environment()));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void a_function_written_as_awss_rotates_a_user_whose_function_keeps_working() throws Exception {
        String first = current();
        assertThat(process(1)).isEqualTo("false");
        aws("rotate-secret", "--secret-id", SECRET, "--rotation-lambda-arn", "rotation");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        aws("describe-secret", "--secret-id", SECRET))
                .as(String.join("\n", LOG))
                .contains("LastRotatedDate"));

        String second = current();
        assertThat(second).isNotEqualTo(first);
        connect(second).close();
        assertThatThrownBy(() -> connect(first)).isInstanceOf(SQLException.class);
        assertThat(password(aws("get-secret-value", "--secret-id", SECRET, "--version-stage", "AWSPREVIOUS")))
                .isEqualTo(first);
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                var statement = master.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'process'");
        }
        assertThat(process(2)).as("a new connection with the new password").isEqualTo("false");

        aws("rotate-secret", "--secret-id", SECRET);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !current().equals(second));
        connect(current()).close();
    }

    /** Has the libraries of a shipped function, since the SDK needs a logging library that is not in the layer. */
    private static Path zip(ZipFunction shipped) throws IOException {
        String entry = SingleUserRotation.class.getName().replace('.', '/') + ".class";
        Path zip = Files.copy(shipped.zip(), directory.resolve("rotation.zip"));
        try (FileSystem files = FileSystems.newFileSystem(zip);
                InputStream code = SingleUserRotation.class.getResourceAsStream("/" + entry)) {
            Path copy = files.getPath(entry);
            Files.createDirectories(copy.getParent());
            Files.copy(code, copy);
        }
        return zip;
    }

    private static String process(int id) throws SQLException {
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                var statement = app.createStatement();
                var row = statement.executeQuery(
                        "select process_data('{\"id\": " + id + ", \"value\": \"a\"}')->>'duplicate'")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(String password) throws SQLException {
        return platform.postgres().connect(LocalPostgres.DATABASE, "process", password);
    }

    private static String current() throws Exception {
        return password(aws("get-secret-value", "--secret-id", SECRET));
    }

    private static String password(String shown) {
        return shown.replaceAll("(?s).*\\\\\"password\\\\\":\\\\\"(.*?)\\\\\",.*", "$1");
    }

    private static String aws(String... arguments) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("aws", "secretsmanager", "--no-sign-request", "--region", "us-east-1"));
        words.addAll(List.of("--endpoint-url", platform.endpoint().toString()));
        words.addAll(List.of(arguments));
        Command aws = Command.run(directory, words.toArray(String[]::new));
        assertThat(aws.exitCode()).as(aws.err()).isZero();
        return aws.out();
    }
}
