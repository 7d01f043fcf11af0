package dev.pglambda.infra.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The VPC, its security groups and endpoints. */
@NeedsNode
class NetworkTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;
    private static final List<String> OWN = Synthesis.OWN;
    private static final List<String> FOREIGN = Synthesis.FOREIGN;

    @Test
    void the_new_vpc_has_no_route_to_the_internet() {
        SynthesizedTemplate template = Synthesis.template(Synthesis.NEW);
        for (String type : List.of("InternetGateway", "NatGateway", "EgressOnlyInternetGateway", "Route")) {
            assertThat(template.resources("AWS::EC2::" + type)).as(type).isEmpty();
        }
        assertThat(template.resources("AWS::EC2::Subnet")).hasSize(2);
        assertThat(template.only("AWS::EC2::VPC").get("EnableDnsHostnames").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void security_groups_open_one_port_to_one_group(String variant) {
        List<JsonNode> rules = new ArrayList<>();
        SynthesizedTemplate template = Synthesis.template(variant);
        template.resources("AWS::EC2::SecurityGroupIngress").values().forEach(rules::add);
        template.resources("AWS::EC2::SecurityGroupEgress").values().forEach(rules::add);
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            JsonNode properties = rule.get("Properties");
            assertThat(properties.get("FromPort")).isEqualTo(properties.get("ToPort"));
            assertThat(properties.get("FromPort").toString()).matches("443|5432|.*Endpoint.Port.*");
            assertThat(properties.toString()).doesNotContain("Cidr");
        });
        boolean open = template.resources("AWS::EC2::SecurityGroup").toString().contains("0.0.0.0/0");
        assertThat(open)
                .isEqualTo(List.of(Synthesis.EXISTING, Synthesis.EXISTING_ENDPOINTS)
                        .contains(variant));
    }

    @ParameterizedTest
    @CsvSource({
        "new-cluster, Lambda SecretsManager",
        "large, Lambda SecretsManager",
        "new-cluster-iam, Lambda SecretsManager",
        "new-instance, Lambda SecretsManager",
        "existing-cluster, ''",
        "existing-cluster-with-endpoints, Lambda SecretsManager",
        "existing-instance-iam, ''"
    })
    void a_vpc_of_our_own_gets_endpoints_and_another_one_only_those_that_were_asked_for(
            String variant, String services) {
        assertThat(Synthesis.template(variant).resources("AWS::EC2::VPCEndpoint"))
                .hasSize(services.isEmpty() ? 0 : services.split(" ").length)
                .allSatisfy((id, endpoint) -> {
                    assertThat(services.split(" ")).anyMatch(id::contains);
                    assertThat(endpoint.at("/Properties/VpcEndpointType").asText())
                            .isEqualTo("Interface");
                    assertThat(endpoint.at("/Properties/PrivateDnsEnabled").asBoolean())
                            .isTrue();
                });
    }

    @ParameterizedTest
    @FieldSource("OWN")
    void an_endpoint_of_our_own_lets_this_account_call_these_functions_and_read_these_secrets(String variant) {
        assertThat(Synthesis.template(variant)
                        .resources("AWS::EC2::VPCEndpoint")
                        .values())
                .allSatisfy(endpoint -> assertThat(
                                endpoint.at("/Properties/PolicyDocument").toString())
                        .contains("aws:PrincipalAccount"));
    }

    /** An endpoint with private DNS is used by everybody in the VPC. */
    @Test
    void an_endpoint_in_somebody_elses_vpc_lets_all_of_the_vpc_through() {
        SynthesizedTemplate template = Synthesis.template(Synthesis.EXISTING_ENDPOINTS);
        template.resources("AWS::EC2::VPCEndpoint").forEach((id, endpoint) -> {
            assertThat(endpoint.at("/Properties").has("PolicyDocument"))
                    .as("without a policy of ours, AWS's own lets every call through")
                    .isFalse();
            String group = SynthesizedTemplate.target(endpoint.at("/Properties/SecurityGroupIds/0"));
            JsonNode rule = template.only("AWS::EC2::SecurityGroup", group)
                    .get("SecurityGroupIngress")
                    .get(0);
            assertThat(rule.get("CidrIp").asText()).isEqualTo("0.0.0.0/0");
            assertThat(rule.get("FromPort").asInt()).isEqualTo(443);
            assertThat(rule.get("ToPort").asInt()).isEqualTo(443);
        });
    }

    @ParameterizedTest
    @CsvSource({"existing-cluster, 0", "existing-cluster-with-endpoints, 1", "existing-instance-iam, 0"})
    void a_security_group_of_somebody_else_is_let_out_to_our_endpoint_of_lambda_and_nowhere_else(
            String variant, int rules) {
        assertThat(Synthesis.template(variant).resources("AWS::EC2::SecurityGroupEgress").values().stream()
                        .map(rule -> rule.get("Properties"))
                        .filter(rule -> rule.get("GroupId").asText().equals("sg-0123456789abcdef0")))
                .hasSize(rules)
                .allSatisfy(rule -> {
                    assertThat(rule.get("FromPort").asInt()).isEqualTo(443);
                    assertThat(SynthesizedTemplate.target(rule.get("DestinationSecurityGroupId")))
                            .contains("LambdaEndpoint");
                });
    }

    @ParameterizedTest
    @FieldSource("FOREIGN")
    void a_security_group_of_somebody_else_lets_in_nobody_but_our_groups_at_one_port(String variant) {
        assertThat(Synthesis.template(variant).resources("AWS::EC2::SecurityGroupIngress").values().stream()
                        .map(rule -> rule.get("Properties"))
                        .filter(rule -> rule.get("GroupId").asText().equals("sg-0123456789abcdef0")))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule.get("FromPort").asInt()).isEqualTo(5432);
                    assertThat(SynthesizedTemplate.target(rule.get("SourceSecurityGroupId")))
                            .contains("Network");
                });
    }

    @Test
    void without_passwords_there_is_no_way_to_secrets_manager_and_no_rotation() {
        SynthesizedTemplate template = Synthesis.template(Synthesis.EXISTING_INSTANCE);
        assertThat(template.json().toString()).doesNotContain("secretsmanager", "SecretsManager", "Rotation");
        assertThat(template.resources("AWS::EC2::SecurityGroup")).hasSize(1);
    }
}
