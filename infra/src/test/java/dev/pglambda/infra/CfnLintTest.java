package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What AWS's checker of templates says, where it is installed: {@code pip install cfn-lint}. */
@NeedsNode
@EnabledIf(value = "isInstalled", disabledReason = "cfn-lint is not installed")
class CfnLintTest {

    /**
     * Not looked for: W3005, since CDK writes a dependency that a reference implies already; W2001, since CDK's own
     * parameter with the version of its bootstrap stack is used by its command line only; W3691, which takes a major version
     * for a deprecated one as soon as the first of its minor versions is, while RDS takes it for its default minor version.
     */
    private static final String EXPLAINED = "W3005,W2001,W3691";

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cfn-lint")));
    }

    @Test
    void cfn_lint_finds_neither_an_error_nor_a_warning() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cfn-lint", "--format", "parseable", "-i", EXPLAINED, "-t"));
        Synthesis.VARIANTS.forEach(
                variant -> command.add(Synthesis.file(variant).toString()));
        Process lint = new ProcessBuilder(command).redirectErrorStream(true).start();
        String findings = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(findings).isEmpty();
        assertThat(lint.waitFor()).isZero();
    }
}
