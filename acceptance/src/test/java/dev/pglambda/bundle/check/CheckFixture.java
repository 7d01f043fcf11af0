package dev.pglambda.bundle.check;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database where everything is right. Each test breaks one thing and repairs it by the hint of its row. */
abstract class CheckFixture {

    static final List<String> FUNCTIONS = ShippedFunctions.NAMES;

    BundleServer database;
    Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        setting("aws_lambda.request_timeout_ms", "10000");
        master = database.as("master");
        for (String function : FUNCTIONS) {
            master.execute("select pglambda.register('%1$s', '%1$s:live')".formatted(function));
        }
        LAMBDA.replies("{}");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    /** Asserts that the row of an item is wrong for that reason, and right after its hint was followed. */
    void repair(String item, String detail) {
        Finding broken = finding(item);
        assertThat(broken.ok()).as(broken.toString()).isFalse();
        assertThat(broken.detail()).contains(detail);
        perform(broken.hint());
        Finding repaired = findings().stream()
                .filter(f -> f.item().equals(item))
                .findAny()
                .orElse(new Finding(item, true, "gone", null));
        assertThat(repaired.ok()).as(repaired.toString()).isTrue();
        assertThat(repaired.hint()).isNull();
    }

    void perform(String hint) {
        String[] words = hint.split(" ");
        if (hint.startsWith("psql ")) {
            String[] arguments = Arrays.copyOfRange(words, 1, words.length);
            arguments[arguments.length - 1] =
                    Path.of("..", arguments[arguments.length - 1]).toString();
            assertThat(Psql.run(database, Map.of(), arguments)).isEqualTo(new Psql(0, ""));
        } else if (hint.startsWith("aws rds ")) {
            String[] parameter = words[words.length - 1].split("[=,]");
            setting(parameter[1], parameter[3]);
        } else if (hint.startsWith("aws lambda invoke --function-name setup ")) {
            SqlBundle.install(master.connection());
        } else if (hint.startsWith("aws ")) {
            LAMBDA.replies("{}");
        } else {
            master.execute(hint);
        }
    }

    /** Changes a setting, as a parameter group does. */
    void setting(String name, String value) {
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("alter database %s set %s = '%s'".formatted(database.database(), name, value));
        }
    }

    static Function<InvokeRequest, CompletableFuture<InvokeReply>> only(Predicate<InvokeRequest> known) {
        return request -> known.test(request)
                ? FakeLambda.reply("{}")
                : FakeLambda.refusal("ResourceNotFoundException", 404, "Function not found: " + request.functionName());
    }

    Finding finding(String item) {
        return findings().stream()
                .filter(finding -> finding.item().equals(item))
                .findAny()
                .orElseThrow(() -> new AssertionError("no row " + item));
    }

    List<String> failing() {
        return findings().stream()
                .filter(finding -> !finding.ok())
                .map(Finding::item)
                .toList();
    }

    List<Finding> findings() {
        try (Sql operator = database.as("operator")) {
            return operator.rows(
                    "select item, ok, detail, hint from pglambda.check()",
                    row -> new Finding(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)));
        }
    }

    record Finding(String item, boolean ok, String detail, String hint) {}
}
