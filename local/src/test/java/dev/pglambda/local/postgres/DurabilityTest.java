package dev.pglambda.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pglambda.local.postgres.wire.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is committed survives SIGKILL of the server's processes. */
@Timeout(120)
final class DurabilityTest {

    private static final int ROUNDS = 5;

    private LocalPostgres postgres;

    @BeforeEach
    void start() throws SQLException {
        postgres = LocalPostgres.start();
        try (Session master = master()) {
            master.execute("create table committed (n integer)");
        }
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void a_killed_session_costs_no_committed_row() throws SQLException {
        for (int round = 1; round <= ROUNDS; round++) {
            try (Session victim = master();
                    Session master = master()) {
                int pid = victim.processId();
                master.execute("insert into committed values (" + round + ")");
                kill(pid);
            }
            assertThat(rowsAfterRecovery()).isEqualTo(round);
            assertThat(postgres.isListening()).isTrue();
        }
    }

    @Test
    void a_killed_server_is_noticed_and_costs_no_committed_row() throws Exception {
        Path data = postgres.dataDirectory();
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        String program =
                ProcessHandle.of(postmaster).orElseThrow().info().command().orElseThrow();
        try (Session master = master()) {
            master.execute("insert into committed values (1)");
        }
        kill(postmaster);
        await().atMost(Duration.ofSeconds(20)).until(() -> !postgres.isListening());
        // For a process that init has not reaped yet, the server would report that it still runs.
        Files.delete(data.resolve("postmaster.pid"));
        startAgain(data, Path.of(program).resolveSibling("pg_ctl"));
        assertThat(rowsAfterRecovery()).isEqualTo(1);
    }

    private void startAgain(Path data, Path pgCtl) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(pgCtl.toString(), "-D", data.toString(), "-w", "-o", "-p " + postgres.port(), "start"));
        Process start = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(start.waitFor()).isZero();
    }

    private int rowsAfterRecovery() {
        return await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(
                        () -> {
                            try (Session master = master()) {
                                return Integer.valueOf(master.value("select count(*) from committed"));
                            }
                        },
                        count -> true);
    }

    private Session master() throws SQLException {
        return new Session(postgres.connectAsMaster(LocalPostgres.DATABASE));
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
