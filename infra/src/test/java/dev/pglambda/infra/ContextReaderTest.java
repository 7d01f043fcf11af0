package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.infra.database.ClusterSettings;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/** The options {@code -c name=value} of {@code cdk deploy}. */
@NeedsNode
class ContextReaderTest {

    @Test
    void no_option_is_required() {
        StackSettings settings = Synthesis.reader(Map.of()).settings();
        assertThat(settings.functions().architecture().getName()).isEqualTo(Architecture.ARM_64.getName());
        assertThat(settings.functions().prefix()).isEqualTo("pglambda");
        assertThat(settings.functions().logRetention()).isEqualTo(RetentionDays.ONE_MONTH);
        assertThat(settings.capacity()).isEqualTo(new ClusterSettings.Capacity(0.5, 4, 0, true, false));
        assertThat(settings.alarmEmail()).isEmpty();
        assertThat(Synthesis.reader(Map.of()).existing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "architecture | arm | architecture is 'arm': it must be one of arm64, x86_64",
                "prefix | My_App | prefix is 'My_App': it must match",
                "databaseName | app-db | databaseName is 'app-db': it must match",
                "requestTimeoutMs | soon | requestTimeoutMs is 'soon': it must be a whole number from 1000 to 900000",
                "reservedConcurrency | 0 | reservedConcurrency is '0': it must be a whole number from 1 to 1000",
                "outboxMinutes | 0 | outboxMinutes is '0': it must be a whole number from 1 to 1440",
                "minCapacity | 0.3 | minCapacity is '0.3': it must be a number of ACUs",
                "minCapacity | 8 | minCapacity is over maxCapacity",
                "maxCapacity | 512 | maxCapacity is '512'",
                "protect | yes | protect is 'yes': it must be one of false, true",
                "logRetentionDays | 8 | logRetentionDays is '8': it must be one of 14, 30, 365, 7, 90",
            })
    void an_invalid_option_is_refused_with_the_valid_values(String name, String value, String message) {
        assertThatThrownBy(() -> Synthesis.reader(Map.of(name, value)).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThatThrownBy(() ->
                        Synthesis.reader(Map.of("readers", "x", "proxy", "x")).settings())
                .hasMessageContainingAll("readers is 'x'", "proxy is 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "SecurityGroup", "SecretArn", "Vpc", "Subnets", "AvailabilityZones"})
    void an_existing_cluster_needs_every_option(String missing) {
        Map<String, String> context = new TreeMap<>(Synthesis.EXISTING_CONTEXT);
        context.remove("existing" + missing);
        assertThatThrownBy(() -> Synthesis.reader(context).existing())
                .hasMessageContaining("existing" + missing + " is missing");
    }
}
