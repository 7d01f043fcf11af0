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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of the pages in docs/sql answer what the pages say. The index page explains the convention. */
class DocumentedSqlTest {

    private static final Path PAGES = Path.of("../docs/sql");
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
    List<DynamicContainer> examples_answer_what_the_pages_say() throws IOException {
        List<DynamicContainer> tests = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.sorted().toList()) {
                tests.add(examples(page));
            }
        }
        return tests;
    }

    /** One test for each example. Every block of output must belong to one. */
    private static DynamicContainer examples(Path page) throws IOException {
        String text = Files.readString(page);
        List<DynamicTest> tests = new ArrayList<>();
        EXAMPLE.matcher(text)
                .results()
                .forEach(example -> tests.add(DynamicTest.dynamicTest(line(text, example), () -> check(example))));
        assertThat(tests).as(page.toString()).hasSize(text.split("(?m)^```text$", -1).length - 1);
        assertThat(tests).as(page.toString()).isNotEmpty();
        return DynamicContainer.dynamicContainer(page.getFileName().toString(), tests);
    }

    private static void check(MatchResult example) throws SQLException {
        Duration patience = example.group(1).contains(LATER) ? Duration.ofSeconds(30) : Duration.ZERO;
        Pattern expected = pattern(example.group(2));
        for (Instant end = Instant.now().plus(patience); Instant.now().isBefore(end); ) {
            if (expected.matcher(answer(example.group(1))).matches()) {
                return;
            }
        }
        assertThat(answer(example.group(1))).matches(expected);
    }

    private static String line(String page, MatchResult example) {
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
