package dev.pglambda.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The script {@code install.sql}: which files are installed, in which order, and which of them under a condition. psql
 * follows the same lines.
 */
record InstallScript(List<Step> steps) {

    /** A line {@code \ir}, alone or inside {@code \if :wanted} after the query that gives {@code wanted}. */
    private static final Pattern STEP = Pattern.compile(
            "(?m)^(?:(select .+) as wanted \\\\gset\\n\\\\if :wanted\\n)?\\\\ir (\\S+)\\n(?:\\\\endif\\n)?");

    InstallScript {
        steps = List.copyOf(steps);
    }

    /**
     * A file of the script.
     *
     * @param condition a query for a boolean that says whether the file is installed; empty when it always is
     */
    record Step(SqlFile file, Optional<String> condition) {

        Step {
            Objects.requireNonNull(file);
            Objects.requireNonNull(condition);
        }

        static Step of(SqlFile file) {
            return new Step(file, Optional.empty());
        }

        private static Step of(MatchResult line) {
            return new Step(SqlFile.read(line.group(2)), Optional.ofNullable(line.group(1)));
        }
    }

    /** The installation of the bundle. */
    static InstallScript installation() {
        return new InstallScript(STEP.matcher(text()).results().map(Step::of).toList());
    }

    /** The removal of the bundle. */
    static InstallScript removal() {
        return new InstallScript(List.of(Step.of(SqlFile.read("uninstall.sql"))));
    }

    /**
     * The lines of install.sql that are neither a step nor a comment. There must be none: only psql would follow them.
     */
    static List<String> unknownLines() {
        return STEP.matcher(text())
                .replaceAll("")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .toList();
    }

    /** Changes with every name, text, condition and with the order. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Step step : steps) {
                // NUL occurs in no SQL file, so two different lists never give the same bytes.
                String bytes = step.condition().orElse("") + "\0" + step.file().name() + "\0"
                        + step.file().text() + "\0";
                digest.update(bytes.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text() {
        return SqlFile.read("install.sql").text();
    }
}
