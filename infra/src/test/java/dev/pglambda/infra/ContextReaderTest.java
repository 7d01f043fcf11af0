package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.infra.database.DatabaseSettings;
import java.util.Map;
import java.util.Optional;
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
        assertThat(settings.server())
                .isEqualTo(new StackSettings.Server(new DatabaseSettings.Capacity(0.5, 4, 0, false), Optional.empty()));
        assertThat(settings.database().protection().fromDeletion()).isTrue();
        assertThat(settings.database().login().tokens()).isFalse();
        assertThat(settings.functions().reservedConcurrency()).isEmpty();
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
                "engineVersion | 14 | engineVersion is '14': it must match",
                "server | mysql | server is 'mysql': it must be one of aurora, instance",
                "instanceType | large | instanceType is 'large': it must match",
                "login | kerberos | login is 'kerberos': it must be one of iam, secret",
                "connectionAlarm | many | connectionAlarm is 'many': it must be a whole number from 1 to 100000",
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
    @CsvSource(
            delimiter = '|',
            value = {
                "iam | aurora | proxy | proxy=true needs login=secret",
                "iam | aurora | dataApi | dataApi=true needs login=secret",
                "secret | instance | dataApi | dataApi=true needs server=aurora",
            })
    void options_that_exclude_each_other_are_refused(String login, String server, String flag, String message) {
        assertThatThrownBy(() -> Synthesis.reader(Map.of("login", login, "server", server, flag, "true"))
                        .settings())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 4, 640", "0, 64, 1600", "2, 8, 1280", "2, 64, 4000"})
    void connections_raise_an_alarm_at_four_fifths_of_what_the_largest_capacity_takes(
            String min, String max, int connections) {
        assertThat(Synthesis.reader(Map.of("minCapacity", min, "maxCapacity", max))
                        .settings()
                        .database()
                        .protection()
                        .connections())
                .isEqualTo(connections);
    }

    @Test
    void endpoints_in_somebody_elses_vpc_are_asked_for_by_name() {
        Map<String, String> context = new TreeMap<>(Synthesis.EXISTING_CONTEXT);
        assertThat(Synthesis.reader(context).existing().orElseThrow().place().endpoints())
                .isEmpty();
        context.put("existingEndpoints", "lambda, s3");
        assertThatThrownBy(() -> Synthesis.reader(context).existing())
                .hasMessageContaining("existingEndpoints is 'lambda, s3': it must be of lambda, secretsmanager");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "existingAdministrator | | existingAdministrator is missing",
                "existingResourceId | | existingResourceId is missing",
                "existingHost | db.example.com | existingHost must be the name that RDS gave the server",
                "existingSecretArn | arn | with IAM everybody logs in by tokens",
                "existingCluster | orders | existingCluster and existingInstance: name one",
            })
    void login_by_iam_at_an_existing_server_needs_an_administrator_who_does_so_already(
            String name, String value, String message) {
        Map<String, String> context = new TreeMap<>(Synthesis.EXISTING_INSTANCE_CONTEXT);
        context.put(name, value == null ? "" : value);
        assertThatThrownBy(() -> Synthesis.reader(context).existing()).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-gov-west-1", "cn-north-1", "us-iso-east-1"})
    void a_region_with_authorities_of_its_own_is_refused_without_them(String region) {
        assertThatThrownBy(() -> PglambdaApp.requireCertificates(
                        Optional.of(region), Synthesis.reader(Map.of()).settings()))
                .hasMessageContaining("in " + region)
                .hasMessageContaining("-c sslRootCert=<file>");
        PglambdaApp.requireCertificates(
                Optional.of(region),
                Synthesis.reader(Map.of("sslRootCert", "ca.pem")).settings());
        PglambdaApp.requireCertificates(
                Optional.of("eu-central-1"), Synthesis.reader(Map.of()).settings());
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
