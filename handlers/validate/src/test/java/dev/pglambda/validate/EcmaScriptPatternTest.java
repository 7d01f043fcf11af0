package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pglambda.handler.HandlerException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaScriptPatternTest {

    private static final int PATTERNS = 20_000;

    /** Reads lines of a pattern and its texts, all as hexadecimal UTF-16; writes "error" or a 0 or 1 for each text. */
    private static final String NODE = """
            const text = hex => (hex.match(/.{4}/g) || []).map(c => String.fromCharCode(parseInt(c, 16))).join('');
            const lines = require('fs').readFileSync(0, 'latin1').trimEnd().split('\\n');
            console.log(lines.map(line => {
                const [pattern, ...texts] = line.split(' ').map(text);
                try {
                    const compiled = new RegExp(pattern, 'u');
                    return texts.map(t => compiled.test(t) ? 1 : 0).join('');
                } catch (e) {
                    return 'error';
                }
            }).join('\\n'));""";

    private static List<Arguments> meanings() {
        return List.of(
                arguments("\\bé", "é", false),
                arguments("\\ba", "日a", true),
                arguments("a\\B", "a", false),
                arguments("[]", "a", false),
                arguments("[^]", "a", true),
                arguments("^a$", "a\n", false),
                arguments("^\\s$", "\u00a0", true),
                arguments("^\\S$", "\ufeff", false),
                arguments("^[\\sa]+$", "a\u3000\n", true),
                arguments("^[\\S]$", "\u2028", false),
                arguments("^[^\\S]$", "\u2028", true),
                arguments("^.$", "\u0085", true),
                arguments("^.$", "\u2028", false),
                arguments("^.$", "\ud83d\ude00", true),
                arguments("^[^a]$", "\ud83d\ude00", true),
                arguments("^[.]$", "a", false),
                arguments("^[a&&b]$", "&", true),
                arguments("^[a&&b]$", "a", true),
                arguments("^[[]$", "[", true),
                arguments("^\\v$", "\n", false),
                arguments("^\\cj$", "\n", true),
                arguments("^\\u{1F600}$", "\ud83d\ude00", true),
                arguments("^[\\ud83d\\ude00-\\ud83d\\ude05]$", "\ud83d\ude01", true),
                arguments("^\\p{Letter}+$", "aé日", true),
                arguments("^\\p{Script=Greek}$", "α", true),
                arguments("^\\P{gc=Lu}$", "a", true),
                arguments("^(?=.*[0-9])(?!.*x)(?<name>a|b){2,3}?", "ab1", true),
                arguments("^(?=.*[0-9])(?!.*x)[a-z0-9]{3,}$", "ab1", true));
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void patterns_mean_what_they_mean_in_ecmascript(String pattern, String text, boolean matches) {
        assertThat(EcmaScriptPattern.of(pattern).matcher(text).find()).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a{",
                "a}",
                "]",
                "[",
                "[b-a]",
                "[a-\\d]",
                "\\",
                "a**",
                "a++",
                "a*+",
                "^*",
                "(?=a)*",
                "+",
                "a{2,1}",
                "a{99999999999}",
                "\\A",
                "\\z",
                "\\Qa\\E",
                "\\a",
                "\\e",
                "\\h",
                "\\R",
                "\\07",
                "\\-",
                "\\ ",
                "\\_",
                "\\u12",
                "\\x1",
                "\\u{110000}",
                "\\c1",
                "(?i)a",
                "(?i:a)",
                "(?>a)",
                "(?#a)",
                "(?<n>a)(?<n>b)",
                "(?<1>a)",
                "\\pL",
                "\\p{IsCyrillic}",
                "\\p{lu}",
                "\\p{javaLowerCase}",
                "\\p{L",
                "[[:alpha:]]"
            })
    void what_ecmascript_does_not_know_is_refused(String pattern) {
        assertRefused(pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a)?\\1b$", "^\\1(a)$", "(?<n>a)\\k<n>", "(?<=a)b", "(?<!a)b", "\\ud83d", "\\p{Emoji}"})
    void what_java_cannot_do_in_the_same_way_is_refused(String pattern) {
        assertRefused(pattern);
    }

    @Test
    void a_refusal_names_the_construct_and_the_place() {
        assertThatThrownBy(() -> EcmaScriptPattern.of("ab(?<=c)")).isInstanceOfSatisfying(HandlerException.class, e -> {
            assertThat(e.sqlState()).isEqualTo("22023");
            assertThat(e.getMessage())
                    .isEqualTo("the regular expression \"ab(?<=c)\" has a look-behind, which is not supported");
            assertThat(e.detail()).contains("character 3");
        });
    }

    /** A pattern that is not refused matches the same texts as in Node, and what Node refuses is refused. */
    @Test
    void generated_patterns_are_refused_or_find_what_node_finds() throws IOException, InterruptedException {
        List<List<String>> cases = new PatternGenerator(1).cases(PATTERNS);
        List<String> found = cases.stream().map(EcmaScriptPatternTest::found).toList();
        assertThat(found).filteredOn("error"::equals).hasSizeBetween(PATTERNS / 10, PATTERNS / 2);
        Optional<List<String>> node = node(cases);
        if (node.isPresent()) {
            List<String> different = new ArrayList<>();
            for (int i = 0; i < PATTERNS; i++) {
                if (!found.get(i).equals("error")
                        && !found.get(i).equals(node.get().get(i))) {
                    different.add(cases.get(i) + ": " + found.get(i) + ", Node: "
                            + node.get().get(i));
                }
            }
            assertThat(different).isEmpty();
        }
    }

    private static String found(List<String> patternAndTexts) {
        try {
            Pattern pattern = EcmaScriptPattern.of(patternAndTexts.get(0));
            return patternAndTexts.stream()
                    .skip(1)
                    .map(text -> pattern.matcher(text).find() ? "1" : "0")
                    .collect(Collectors.joining());
        } catch (HandlerException refused) {
            return "error";
        }
    }

    /** Node's result for each case; empty without Node. */
    private static Optional<List<String>> node(List<List<String>> cases) throws IOException, InterruptedException {
        Process node;
        try {
            node = new ProcessBuilder("node", "-e", NODE)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException absent) {
            return Optional.empty();
        }
        try (OutputStream in = node.getOutputStream()) {
            for (List<String> each : cases) {
                String line = each.stream().map(EcmaScriptPatternTest::hex).collect(Collectors.joining(" "));
                in.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        List<String> said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(node.waitFor()).isZero();
        assertThat(said).hasSameSizeAs(cases);
        return Optional.of(said);
    }

    private static String hex(String text) {
        return text.chars().mapToObj("%04x"::formatted).collect(Collectors.joining());
    }

    private static void assertRefused(String pattern) {
        assertThatThrownBy(() -> EcmaScriptPattern.of(pattern))
                .isInstanceOfSatisfying(
                        HandlerException.class, e -> assertThat(e.sqlState()).isEqualTo("22023"));
    }
}
