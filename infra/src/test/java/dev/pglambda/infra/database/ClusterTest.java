package dev.pglambda.infra.database;

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

/** The cluster, its role and its users. */
@NeedsNode
class ClusterTest {

    private static final List<String> VARIANTS = Synthesis.VARIANTS;

    private static final List<String> FOREIGN = Synthesis.FOREIGN;

    private static final List<String> WITH_SECRETS = Synthesis.WITH_SECRETS;

    private static final List<String> WITH_TOKENS = Synthesis.WITH_TOKENS;

    private static final List<String> OWN = Synthesis.OWN;

    @ParameterizedTest
    @CsvSource({"new-cluster, 0.5, 4, 1, false", "large, 0.5, 64, 3, true"})
    void a_new_cluster_is_encrypted_protected_and_managed(
            String variant, double least, double most, int instances, boolean dataApi) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode cluster = template.only("AWS::RDS::DBCluster");
        assertThat(cluster.get("Engine").asText()).isEqualTo("aurora-postgresql");
        assertThat(cluster.get("StorageEncrypted").asBoolean()).isTrue();
        assertThat(cluster.get("EnableIAMDatabaseAuthentication").asBoolean()).isTrue();
        assertThat(cluster.get("ManageMasterUserPassword").asBoolean()).isTrue();
        assertThat(cluster.has("MasterUserPassword")).isFalse();
        assertThat(cluster.path("EnableHttpEndpoint").asBoolean()).isEqualTo(dataApi);
        assertThat(cluster.get("PerformanceInsightsEnabled").asBoolean()).isTrue();
        assertThat(cluster.at("/ServerlessV2ScalingConfiguration/MinCapacity").asDouble())
                .isEqualTo(least);
        assertThat(cluster.at("/ServerlessV2ScalingConfiguration/MaxCapacity").asDouble())
                .isEqualTo(most);
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
    @CsvSource({
        "new-cluster, AWS::RDS::DBClusterParameterGroup, aurora-postgresql17, 12000",
        "large, AWS::RDS::DBClusterParameterGroup, aurora-postgresql16, 20000",
        "new-instance, AWS::RDS::DBParameterGroup, postgres17, 12000"
    })
    void parameters_are_those_of_the_extension_and_force_tls(
            String variant, String type, String family, String requestTimeout) {
        JsonNode group = Synthesis.template(variant).only(type);
        assertThat(group.get("Family").asText()).isEqualTo(family);
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
    void the_server_may_call_exactly_the_aliases_and_only_it_may(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String role = template.resources("AWS::IAM::Role").keySet().stream()
                .filter(id -> id.contains("InvokeRole"))
                .findFirst()
                .orElseThrow();
        List<JsonNode> statements = template.statementsOf(role);
        assertThat(statements).hasSize(1);
        assertThat(statements.get(0).get("Action").asText()).isEqualTo("lambda:InvokeFunction");
        assertThat(statements.get(0).get("Resource"))
                .extracting(JsonNode::toString)
                .satisfiesExactlyInAnyOrder(
                        arn -> assertThat(arn).contains(":function:" + Synthesis.prefix(variant) + "-process:live\""),
                        arn -> assertThat(arn).contains(":function:" + Synthesis.prefix(variant) + "-transform:live\""),
                        arn -> assertThat(arn).contains(":function:" + Synthesis.prefix(variant) + "-validate:live\""));

        JsonNode trust = template.only("AWS::IAM::Role", role).at("/AssumeRolePolicyDocument/Statement");
        assertThat(trust).hasSize(1);
        assertThat(trust.at("/0/Principal/Service").asText()).isEqualTo("rds.amazonaws.com");
        assertThat(trust.at("/0/Condition/ArnEquals/aws:SourceArn").toString())
                .contains((variant.contains("instance") ? ":db:" : ":cluster:")
                        + (FOREIGN.contains(variant) ? "orders" : Synthesis.prefix(variant)));
        assertThat(trust.at("/0/Condition/StringEquals/aws:SourceAccount/Ref").asText())
                .isEqualTo("AWS::AccountId");
    }

    @ParameterizedTest
    @CsvSource({"new-cluster, AWS::RDS::DBCluster", "new-instance, AWS::RDS::DBInstance"})
    void a_new_server_has_the_role_for_the_feature_lambda(String variant, String type) {
        JsonNode roles = Synthesis.template(variant).only(type).get("AssociatedRoles");
        assertThat(roles).hasSize(1);
        assertThat(roles.at("/0/FeatureName").asText()).isEqualTo("Lambda");
        assertThat(SynthesizedTemplate.target(roles.at("/0/RoleArn"))).contains("InvokeRole");
    }

    @ParameterizedTest
    @FieldSource("FOREIGN")
    void an_existing_server_gets_the_role_and_loses_it_again(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String kind = variant.equals(Synthesis.EXISTING_INSTANCE) ? "DBInstance" : "DBCluster";
        JsonNode association = template.only("Custom::RoleAssociation");
        assertThat(association.get("Create").toString())
                .contains("addRoleTo" + kind, kind + "Identifier", "orders", "Lambda");
        assertThat(association.get("Update").toString()).contains("addRoleTo" + kind);
        assertThat(association.get("Delete").toString()).contains("removeRoleFrom" + kind, "orders");
        assertThat(template.resources("AWS::RDS::" + kind)).isEmpty();
        assertThat(template.resources("Custom::DeletionProtection")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("WITH_TOKENS")
    void without_passwords_of_users_nothing_rotates(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        assertThat(template.resources("AWS::SecretsManager::Secret")).isEmpty();
        assertThat(template.resources("AWS::SecretsManager::RotationSchedule")).isEmpty();
    }

    @Test
    void a_new_instance_is_encrypted_and_managed_as_a_cluster_is() {
        JsonNode instance = Synthesis.template(Synthesis.INSTANCE).only("AWS::RDS::DBInstance");
        assertThat(instance.get("Engine").asText()).isEqualTo("postgres");
        assertThat(instance.get("DBInstanceClass").asText()).isEqualTo("db.t4g.medium");
        assertThat(instance.get("MultiAZ").asBoolean(true)).isFalse();
        for (String isOn : List.of(
                "StorageEncrypted",
                "EnableIAMDatabaseAuthentication",
                "ManageMasterUserPassword",
                "EnablePerformanceInsights",
                "CopyTagsToSnapshot")) {
            assertThat(instance.get(isOn).asBoolean()).as(isOn).isTrue();
        }
        assertThat(instance.get("PubliclyAccessible").asBoolean(true)).isFalse();
        assertThat(instance.get("MaxAllocatedStorage").asInt()).isEqualTo(100);
    }

    /** A minor version that is named today cannot be created one day. */
    @ParameterizedTest
    @CsvSource({
        "new-cluster, AWS::RDS::DBCluster, 17",
        "new-instance, AWS::RDS::DBInstance, 17",
        "large, AWS::RDS::DBCluster, 16.10"
    })
    void a_new_server_has_the_minor_version_of_the_day_unless_one_is_named(
            String variant, String type, String version) {
        assertThat(Synthesis.template(variant).only(type).get("EngineVersion").asText())
                .isEqualTo(version);
    }

    @ParameterizedTest
    @FieldSource("OWN")
    void a_first_deployment_that_fails_leaves_nothing_whose_name_is_taken_at_the_next_one(String variant) {
        SynthesizedTemplate template = Synthesis.template(variant);
        template.json().get("Resources").properties().forEach(resource -> assertThat(
                        resource.getValue().path("DeletionPolicy").asText())
                .as(resource.getKey())
                .satisfiesAnyOf(policy -> assertThat(policy).isNotEqualTo("Retain"), policy -> assertThat(
                                resource.getValue().get("Type").asText())
                        .matches("AWS::Lambda::(Version|LayerVersion)")));
        for (String type : List.of("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")) {
            template.resources(type).values().forEach(server -> assertThat(
                            server.at("/Properties/DeletionProtection").asBoolean())
                    .as("a protected server cannot be rolled back")
                    .isFalse());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "new-cluster, DBCluster, true",
        "large, DBCluster, false",
        "new-cluster-iam, DBCluster, true",
        "new-instance, DBInstance, true"
    })
    void protection_comes_last_and_goes_with_protect_false(String variant, String kind, boolean isProtected) {
        SynthesizedTemplate template = Synthesis.template(variant);
        JsonNode protection = template.onlyResource("Custom::DeletionProtection");
        for (String call : List.of("Create", "Update")) {
            assertThat(protection.at("/Properties/" + call).asText())
                    .contains("modify" + kind, "\"DeletionProtection\":" + isProtected, Synthesis.prefix(variant));
        }
        List<String> before = new ArrayList<>();
        protection.get("DependsOn").forEach(id -> before.add(id.asText()));
        assertThat(before)
                .contains(template.onlyId("Custom::PglambdaBundle"))
                .containsAll(template.resources("AWS::SecretsManager::RotationSchedule")
                        .keySet())
                .containsAll(template.resources("AWS::Events::Rule").keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "new-cluster, RetainExceptOnCreate, RetainExceptOnCreate",
        "large, Snapshot, Delete",
        "new-instance, RetainExceptOnCreate, RetainExceptOnCreate"
    })
    void a_protected_server_stays_with_its_network_and_another_one_leaves_a_snapshot(
            String variant, String server, String network) {
        SynthesizedTemplate template = Synthesis.template(variant);
        String type = variant.equals(Synthesis.INSTANCE) ? "AWS::RDS::DBInstance" : "AWS::RDS::DBCluster";
        assertThat(template.onlyResource(type).get("DeletionPolicy").asText()).isEqualTo(server);
        for (String part : List.of("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::RDS::DBSubnetGroup")) {
            assertThat(template.resources(part).values()).isNotEmpty().allSatisfy(resource -> assertThat(
                            resource.path("DeletionPolicy").asText("Delete"))
                    .isEqualTo(network));
        }
    }

    @ParameterizedTest
    @FieldSource("WITH_SECRETS")
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
                    .contains("\"username\":\"" + Synthesis.prefix(variant) + "-" + user + "\"");
        }
    }
}
