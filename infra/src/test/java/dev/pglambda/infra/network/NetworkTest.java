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
        assertThat(open).isEqualTo(variant.equals(Synthesis.EXISTING_BARE));
        assertThat(template.resources("AWS::EC2::SecurityGroup").toString()).doesNotContain("SecurityGroupIngress");
    }

    @ParameterizedTest
    @CsvSource({"new-cluster, 2", "large, 2", "existing-cluster, 2", "existing-cluster-with-endpoints, 0"})
    void lambda_and_secrets_manager_are_reached_inside_the_vpc(String variant, int endpoints) {
        assertThat(Synthesis.template(variant)
                        .resources("AWS::EC2::VPCEndpoint")
                        .values())
                .hasSize(endpoints)
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.at("/Properties/VpcEndpointType").asText())
                            .isEqualTo("Interface");
                    assertThat(endpoint.at("/Properties/PrivateDnsEnabled").asBoolean())
                            .isTrue();
                    assertThat(endpoint.at("/Properties/PolicyDocument").toString())
                            .contains("aws:PrincipalAccount");
                });
    }
}
