package dev.pglambda.infra.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pglambda.infra.NeedsNode;
import dev.pglambda.infra.Synthesis;
import dev.pglambda.infra.SynthesizedTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The cluster, its role and its users. */
@NeedsNode
class ClusterTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;

    private static final List<String> EXISTING = List.of(Synthesis.EXISTING, Synthesis.EXISTING_BARE);

    @ParameterizedTest
    @CsvSource({"new-cluster, 0.5, 4, 1, true, Retain, false", "large, 0.5, 64, 3, false, Snapshot, true"})
    void a_new_cluster_is_encrypted_protected_and_managed(
            String variant,
            double least,
            double most,
            int instances,
            boolean protectedFromDeletion,
            String policy,
            boolean dataApi) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode cluster = template.only("AWS::RDS::DBCluster");
        assertThat(cluster.get("Engine").asText()).isEqualTo("aurora-postgresql");
        assertThat(cluster.get("EngineVersion").asText()).startsWith("17.");
        assertThat(cluster.get("StorageEncrypted").asBoolean()).isTrue();
        assertThat(cluster.get("EnableIAMDatabaseAuthentication").asBoolean()).isTrue();
        assertThat(cluster.get("ManageMasterUserPassword").asBoolean()).isTrue();
        assertThat(cluster.has("MasterUserPassword")).isFalse();
        assertThat(cluster.path("EnableHttpEndpoint").asBoolean()).isEqualTo(dataApi);
        assertThat(cluster.get("DeletionProtection").asBoolean()).isEqualTo(protectedFromDeletion);
        assertThat(cluster.at("/ServerlessV2ScalingConfiguration/MinCapacity").asDouble())
                .isEqualTo(least);
        assertThat(cluster.at("/ServerlessV2ScalingConfiguration/MaxCapacity").asDouble())
                .isEqualTo(most);
        assertThat(template.resources("AWS::RDS::DBCluster").values())
                .allSatisfy(resource ->
                        assertThat(resource.get("DeletionPolicy").asText()).isEqualTo(policy));
        assertThat(template.resources("AWS::RDS::DBInstance").values())
                .hasSize(instances)
                .allSatisfy(instance -> {
                    assertThat(instance.at("/Properties/DBInstanceClass").asText())
                            .isEqualTo("db.serverless");
                    assertThat(instance.at("/Properties/PubliclyAccessible").asBoolean())
                            .isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource({"new-cluster, 12000", "large, 20000"})
    void parameters_are_those_of_the_extension_and_force_tls(String variant, String requestTimeout) {
        JsonNode group = Synthesis.template(variant).only("AWS::RDS::DBClusterParameterGroup");
        assertThat(group.get("Family").asText()).isEqualTo("aurora-postgresql17");
        assertThat(group.at("/Parameters/rds.force_ssl").asText()).isEqualTo("1");
        assertThat(group.at("/Parameters/rds.custom_dns_resolution").asText()).isEqualTo("1");
        assertThat(group.at("/Parameters/aws_lambda.connect_timeout_ms").asText())
                .isEqualTo("1000");
        assertThat(group.at("/Parameters/aws_lambda.request_timeout_ms").asText())
                .isEqualTo(requestTimeout);
        assertThat(group.at("/Parameters/shared_preload_libraries").asText()).contains("pg_cron");
        assertThat(group.at("/Parameters/cron.database_name").asText()).isEqualTo("app");
        assertThat(Synthesis.template(variant)
                        .only("Custom::PglambdaBundle")
                        .get("Extensions")
                        .toString())
                .isEqualTo("[\"pg_cron\"]");
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void the_cluster_may_call_exactly_the_aliases_and_only_it_may(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String role = template.resources("AWS::IAM::Role").keySet().stream()
                .filter(id -> id.contains("InvokeRole"))
                .findFirst()
                .orElseThrow();
        List<JsonNode> statements = template.statementsOf(role);
        assertThat(statements).hasSize(1);
        assertThat(statements.get(0).get("Action").asText()).isEqualTo("lambda:InvokeFunction");
        assertThat(statements.get(0).get("Resource"))
                .extracting(SynthesizedTemplate::target)
                .containsExactlyInAnyOrderElementsOf(
                        template.resources("AWS::Lambda::Alias").keySet());

        JsonNode trust = template.only("AWS::IAM::Role", role).at("/AssumeRolePolicyDocument/Statement");
        assertThat(trust).hasSize(1);
        assertThat(trust.at("/0/Principal/Service").asText()).isEqualTo("rds.amazonaws.com");
        assertThat(trust.at("/0/Condition/ArnEquals/aws:SourceArn").toString())
                .contains(":cluster:" + (EXISTING.contains(variant) ? "orders" : Synthesis.prefix(variant)));
        assertThat(trust.at("/0/Condition/StringEquals/aws:SourceAccount/Ref").asText())
                .isEqualTo("AWS::AccountId");
    }

    @Test
    void a_new_cluster_has_the_role_for_the_feature_lambda() {
        JsonNode roles =
                Synthesis.template(Synthesis.NEW).only("AWS::RDS::DBCluster").get("AssociatedRoles");
        assertThat(roles).hasSize(1);
        assertThat(roles.at("/0/FeatureName").asText()).isEqualTo("Lambda");
        assertThat(SynthesizedTemplate.target(roles.at("/0/RoleArn"))).contains("InvokeRole");
    }

    @ParameterizedTest
    @FieldSource("EXISTING")
    void an_existing_cluster_gets_the_role_and_loses_it_again(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode association = template.only("Custom::RoleAssociation");
        assertThat(association.get("Create").toString()).contains("addRoleToDBCluster", "orders", "Lambda");
        assertThat(association.get("Update").toString()).contains("addRoleToDBCluster");
        assertThat(association.get("Delete").toString()).contains("removeRoleFromDBCluster", "orders");
        assertThat(template.resources("AWS::RDS::DBCluster")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void passwords_rotate_from_the_first_month_on_when_the_user_exists(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String setup = template.onlyId("Custom::PglambdaBundle");
        assertThat(template.resources("AWS::SecretsManager::RotationSchedule").values())
                .hasSize(2)
                .allSatisfy(schedule -> {
                    assertThat(schedule.get("DependsOn"))
                            .extracting(JsonNode::asText)
                            .contains(setup);
                    assertThat(schedule.at("/Properties/HostedRotationLambda/RotationType")
                                    .asText())
                            .isEqualTo("PostgreSQLSingleUser");
                    assertThat(schedule.at("/Properties/RotateImmediatelyOnUpdate")
                                    .asBoolean(true))
                            .isFalse();
                    assertThat(schedule.at("/Properties/RotationRules/ScheduleExpression")
                                    .asText())
                            .isEqualTo("rate(30 days)");
                    assertThat(schedule.at("/Properties/HostedRotationLambda/VpcSubnetIds")
                                    .isMissingNode())
                            .isFalse();
                });
        for (String user : List.of("process", "monitor")) {
            assertThat(template.only("AWS::SecretsManager::Secret", "Users" + user)
                            .at("/GenerateSecretString/SecretStringTemplate")
                            .asText())
                    .contains("\"username\":\"" + user + "\"");
        }
    }
}
