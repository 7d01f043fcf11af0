package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.postgres.LocalPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of docs/sql.md answer what the page says. The page explains the convention. */
class DocumentedSqlTest {

    private static final Path PAGE = Path.of("../docs/sql.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^```sql\\n((?:(?!^```).)*)^```\\n\\n^```text\\n(.*?)^```$");
    private static final String AS_MASTER = "-- as master\n";
    private static final String LATER = "-- a moment later\n";

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("../handlers")));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @TestFactory
    Stream<DynamicTest> examples_answer_what_the_page_says() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains("```text");
        return EXAMPLE.matcher(page)
                .results()
                .map(example -> DynamicTest.dynamicTest(name(page, example), () -> {
                    Duration patience = example.group(1).contains(LATER) ? Duration.ofSeconds(30) : Duration.ZERO;
                    Pattern expected = pattern(example.group(2));
                    for (Instant end = Instant.now().plus(patience);
                            Instant.now().isBefore(end); ) {
                        if (expected.matcher(answer(example.group(1))).matches()) {
                            return;
                        }
                    }
                    assertThat(answer(example.group(1))).matches(expected);
                }));
    }

    private static String name(String page, MatchResult example) {
        return "line " + (page.substring(0, example.start()).lines().count() + 1);
    }

    private static String answer(String sql) throws SQLException {
        var out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        LocalPostgres postgres = platform.postgres();
        try (Connection session = sql.startsWith(AS_MASTER)
                ? postgres.connectAsMaster(LocalPostgres.DATABASE)
                : postgres.connectAsApp(LocalPostgres.DATABASE)) {
            new StatementPrinter(print, print).run(session, sql);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Pattern pattern(String output) {
        return Pattern.compile(
                Stream.of(output.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
