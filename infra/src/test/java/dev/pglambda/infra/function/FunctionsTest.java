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

    @ParameterizedTest
    @CsvSource({
        "new-cluster, pglambda, arm64, 10",
        "large, shop, x86_64, 100",
        "existing-cluster, pglambda, arm64, 10",
    })
    void functions_that_sql_calls_are_published_restored_limited_traced_and_logged(
            String variant, String prefix, String architecture, int concurrency) {
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
            assertThat(function.get("ReservedConcurrentExecutions").asInt())
                    .isEqualTo(folder.description().callable() ? concurrency : 1);
            assertThat(function.has("DeadLetterConfig"))
                    .isEqualTo(folder.description().callable());
        }
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

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void only_functions_with_a_database_are_in_the_vpc_and_have_the_layer_and_a_secret(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        for (FunctionFolder folder : folders()) {
            JsonNode function = template.function(Synthesis.prefix(variant) + "-" + folder.name());
            List<JsonNode> statements = template.statementsOf(SynthesizedTemplate.target(function.get("Role")));
            assertThat(function.has("VpcConfig")).isEqualTo(folder.description().database());
            assertThat(function.has("Layers")).isEqualTo(folder.description().database());
            assertThat(function.at("/Environment/Variables").has("DB_SECRET_ARN"))
                    .isEqualTo(folder.description().database());
            assertThat(statements.toString().contains("secretsmanager:"))
                    .isEqualTo(folder.description().database());
            assertThat(statements.toString().contains("ec2:"))
                    .isEqualTo(folder.description().database());
        }
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
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
