package dev.pglambda.infra.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The properties of each function. */
@NeedsNode
class FunctionsTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;
    private static final List<String> WITH_SECRETS = Synthesis.WITH_SECRETS;
    private static final List<String> WITH_TOKENS = Synthesis.WITH_TOKENS;

    @ParameterizedTest
    @CsvSource({
        "new-cluster, pglambda, arm64",
        "large, shop, x86_64",
        "existing-cluster, pglambda, arm64",
    })
    void functions_that_sql_calls_are_published_restored_traced_and_logged(
            String variant, String prefix, String architecture) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (FunctionFolder folder : folders()) {
            JsonNode function = template.function(prefix + "-" + folder.name());
            assertThat(function.get("Runtime").asText()).isEqualTo("java25");
            assertThat(function.at("/Architectures/0").asText()).isEqualTo(architecture);
            assertThat(function.get("Handler").asText())
                    .isEqualTo(folder.description().handler());
            assertThat(function.get("MemorySize").asInt())
                    .isEqualTo(folder.description().memoryMb());
            assertThat(function.get("Timeout").asInt())
                    .isEqualTo(folder.description().timeoutSeconds());
            assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
            assertThat(function.at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON");
            assertThat(function.at("/SnapStart/ApplyOn").asText())
                    .isEqualTo(folder.description().callable() ? "PublishedVersions" : "");
            assertThat(function.has("DeadLetterConfig"))
                    .isEqualTo(folder.description().callable());
        }
    }

    /** A new account may run ten functions at once, and none of them can be reserved. */
    @ParameterizedTest
    @FieldSource("VARIANTS")
    void calls_are_reserved_only_when_told_to_and_callers_then_wait_for_a_place(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        int reserved = variant.equals(Synthesis.LARGE) ? 100 : 0;
        for (FunctionFolder folder : folders()) {
            JsonNode function = template.function(Synthesis.prefix(variant) + "-" + folder.name());
            assertThat(function.path("ReservedConcurrentExecutions").asInt())
                    .isEqualTo(folder.description().callable() ? reserved : 0);
        }
        assertThat(template.only("Custom::PglambdaBundle").get("Functions"))
                .allSatisfy(function ->
                        assertThat(function.path("maxConcurrency").asInt()).isEqualTo(reserved));
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void alias_live_points_to_a_version_that_is_kept_after_the_next_one(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        Map<String, JsonNode> versions = template.resources("AWS::Lambda::Version");
        assertThat(template.resources("AWS::Lambda::Alias")).hasSize(3).allSatisfy((id, alias) -> {
            assertThat(alias.at("/Properties/Name").asText()).isEqualTo("live");
            assertThat(versions).containsKey(SynthesizedTemplate.target(alias.at("/Properties/FunctionVersion")));
        });
        assertThat(versions.values())
                .allSatisfy(version ->
                        assertThat(version.get("DeletionPolicy").asText()).isEqualTo("Retain"));
    }

    /** Or the snapshot would contain no connection to the database, and no code that has been used for one. */
    @ParameterizedTest
    @FieldSource("VARIANTS")
    void the_snapshot_of_a_function_that_logs_in_is_taken_when_its_user_is_there(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        template.resources("AWS::Lambda::Version").forEach((id, version) -> assertThat(
                        version.path("DependsOn").toString().contains(template.onlyId("Custom::PglambdaBundle")))
                .as(id)
                .isEqualTo(id.contains("process")));
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void a_version_that_nobody_calls_is_called_without_an_item_before_lambda_gives_it_up(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (String name : List.of("process", "transform", "validate")) {
            JsonNode rule = template.only("AWS::Events::Rule", name + "KeepActive");
            assertThat(rule.get("ScheduleExpression").asText()).isEqualTo("rate(7 days)");
            assertThat(rule.at("/Targets/0/Input").asText()).isEqualTo("{}");
            assertThat(template.resources("AWS::Lambda::Alias"))
                    .containsKey(SynthesizedTemplate.target(rule.at("/Targets/0/Arn")));
        }
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void only_functions_with_a_database_are_in_the_vpc_and_have_the_layer_and_a_login(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (FunctionFolder folder : folders()) {
            JsonNode function = template.function(Synthesis.prefix(variant) + "-" + folder.name());
            List<JsonNode> statements = template.statementsOf(SynthesizedTemplate.target(function.get("Role")));
            assertThat(function.has("VpcConfig")).isEqualTo(folder.description().database());
            assertThat(function.has("Layers")).isEqualTo(folder.description().database());
            boolean secret = Synthesis.WITH_SECRETS.contains(variant);
            // The administrator of a new cluster is let in by its password until it has logged in once.
            boolean first = variant.equals(Synthesis.TOKENS) && folder.name().equals("setup");
            boolean database = folder.description().database();
            assertThat(function.at("/Environment/Variables").has("DB_SECRET_ARN"))
                    .isEqualTo(database && (secret || first));
            assertThat(statements.toString().contains("secretsmanager:")).isEqualTo(database && (secret || first));
            assertThat(function.at("/Environment/Variables/DB_AUTH").asText())
                    .isEqualTo(database && !secret ? "iam" : "");
            assertThat(statements.toString().contains("rds-db:connect")).isEqualTo(database && !secret);
            assertThat(statements.toString().contains("ec2:"))
                    .isEqualTo(folder.description().database());
        }
    }

    @ParameterizedTest
    @FieldSource("WITH_TOKENS")
    void a_function_with_tokens_may_log_in_as_its_user_on_this_server_and_as_nobody_else(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (String name : List.of("process", "monitor", "setup")) {
            JsonNode function = template.function("pglambda-" + name);
            String user = function.at("/Environment/Variables/DB_USER").asText();
            assertThat(user)
                    .isEqualTo(
                            !name.equals("setup")
                                    ? "pglambda-" + name
                                    : variant.equals(Synthesis.TOKENS) ? "pglambda_admin" : "dba");
            List<JsonNode> logins = template.statementsOf(SynthesizedTemplate.target(function.get("Role"))).stream()
                    .filter(statement -> statement.get("Action").asText().equals("rds-db:connect"))
                    .toList();
            assertThat(logins).hasSize(1);
            assertThat(logins.get(0).get("Resource").toString())
                    .contains(":dbuser:", "/" + user)
                    .doesNotContain("*");
        }
    }

    @Test
    void functions_trust_other_authorities_where_they_are_given() {
        JsonNode large = Synthesis.template(Synthesis.LARGE).function("shop-process");
        assertThat(large.at("/Environment/Variables/DB_SSL_ROOT_CERT").asText()).isEqualTo("/opt/rds-ca.pem");
        assertThat(large.get("Layers")).hasSize(2);
    }

    @ParameterizedTest
    @FieldSource("WITH_SECRETS")
    void a_function_reads_the_secret_of_its_environment_and_no_other(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (String name : List.of("process", "monitor")) {
            JsonNode function = template.function(Synthesis.prefix(variant) + "-" + name);
            List<JsonNode> reading = template.statementsOf(SynthesizedTemplate.target(function.get("Role"))).stream()
                    .filter(statement -> statement.get("Action").toString().contains("secretsmanager:"))
                    .toList();
            assertThat(reading).hasSize(1);
            assertThat(reading.get(0).get("Resource")).isEqualTo(function.at("/Environment/Variables/DB_SECRET_ARN"));
        }
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void a_function_may_not_use_the_network_rights_by_which_lambda_attaches_it(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String name = Synthesis.prefix(variant) + "-process";
        JsonNode role = template.function(name).get("Role");
        List<JsonNode> about = template.statementsOf(SynthesizedTemplate.target(role)).stream()
                .filter(statement -> statement.get("Action").toString().contains("ec2:CreateNetworkInterface"))
                .toList();
        assertThat(about)
                .extracting(statement -> statement.get("Effect").asText())
                .containsExactly("Allow", "Deny");
        assertThat(about.get(1)
                        .at("/Condition/ArnEquals/lambda:SourceFunctionArn")
                        .toString())
                .contains(":function:" + name);
    }

    @Test
    void functions_connect_to_the_proxy_where_there_is_one_and_setup_to_the_server() {
        SynthesizedTemplate large = Synthesis.template(Synthesis.LARGE);
        JsonNode process = large.function("shop-process").at("/Environment/Variables");
        assertThat(process.get("DB_PROXY_HOST").toString()).contains("Proxy", "Endpoint");
        assertThat(large.function("shop-setup").at("/Environment/Variables").has("DB_PROXY_HOST"))
                .isFalse();
        assertThat(large.only("AWS::RDS::DBProxy").get("RequireTLS").asBoolean())
                .isTrue();
        assertThat(Synthesis.template(Synthesis.NEW).resources("AWS::RDS::DBProxy"))
                .isEmpty();
    }

    private static List<FunctionFolder> folders() {
        return Synthesis.shared().artifacts().functions();
    }
}
