package dev.pglambda.infra;

import dev.pglambda.infra.database.ExistingCluster;
import dev.pglambda.infra.database.PostgresCluster;
import dev.pglambda.infra.database.PostgresInvokeRole;
import dev.pglambda.infra.database.TargetDatabase;
import dev.pglambda.infra.network.Network;
import dev.pglambda.infra.network.NetworkPlace;
import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterAttributes;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/**
 * The functions and the bundle for an existing cluster. Nothing is looked up. The cluster gets the role for Lambda, and
 * its security group gets rules; its parameter group stays as its owner has it (infra/README.md says what it needs).
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class ExistingClusterStack extends Stack {

    /** Without the cluster and its VPC. */
    public ExistingClusterStack(Construct scope, String id, Deployment deployment, ExistingCluster existing) {
        super(scope, id);
        ISecurityGroup group = SecurityGroup.fromSecurityGroupId(this, "DatabaseGroup", existing.securityGroup());
        PostgresInvokeRole role = new PostgresInvokeRole(this, "InvokeRole", existing.identifier());
        TargetDatabase target = new TargetDatabase(
                new NetworkPlace(
                        vpc(existing.place()),
                        SubnetSelection.builder()
                                .subnetType(SubnetType.PRIVATE_ISOLATED)
                                .build(),
                        group,
                        existing.place().createEndpoints()),
                cluster(existing, group),
                Secret.fromSecretCompleteArn(this, "Administrator", existing.secretArn()),
                deployment.settings().databaseName(),
                role,
                List.of(), // pg_cron needs parameters that the cluster may not have
                List.of(association(existing.identifier(), role), role, group));
        new PglambdaSystem(this, deployment, target);
    }

    private IVpc vpc(ExistingCluster.Place place) {
        IVpc vpc = Vpc.fromVpcAttributes(
                this,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId(place.vpc())
                        .availabilityZones(place.zones())
                        .isolatedSubnetIds(place.subnets())
                        .build());
        Annotations.of(vpc)
                .acknowledgeWarning("@aws-cdk/aws-ec2:noSubnetRouteTableId", "Nothing here changes the routes.");
        return vpc;
    }

    private IDatabaseCluster cluster(ExistingCluster existing, ISecurityGroup group) {
        return DatabaseCluster.fromDatabaseClusterAttributes(
                this,
                "Cluster",
                DatabaseClusterAttributes.builder()
                        .clusterIdentifier(existing.identifier())
                        .clusterEndpointAddress(existing.host())
                        .port(Network.PORT)
                        .engine(PostgresCluster.ENGINE)
                        .securityGroups(List.of(group))
                        .build());
    }

    /** A custom resource: in CloudFormation an association is a property of the cluster, which is not in this stack. */
    private AwsCustomResource association(String identifier, PostgresInvokeRole role) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "DBClusterIdentifier",
                identifier,
                "FeatureName",
                PostgresInvokeRole.FEATURE,
                "RoleArn",
                role.role().getRoleArn()));
        AwsSdkCall add = call("addRoleToDBCluster", parameters, "DBClusterRoleAlreadyExists");
        AwsCustomResource association = AwsCustomResource.Builder.create(this, "RoleAssociation")
                .resourceType("Custom::RoleAssociation")
                .installLatestAwsSdk(false)
                .onUpdate(add)
                .onDelete(call("removeRoleFromDBCluster", parameters, "DBClusterRoleNotFound"))
                .policy(AwsCustomResourcePolicy.fromStatements(List.of(
                        PolicyStatement.Builder.create()
                                .actions(List.of("rds:AddRoleToDBCluster", "rds:RemoveRoleFromDBCluster"))
                                .resources(List.of(PostgresInvokeRole.clusterArn(this, identifier)))
                                .build(),
                        PolicyStatement.Builder.create()
                                .actions(List.of("iam:PassRole"))
                                .resources(List.of(role.role().getRoleArn()))
                                .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "rds.amazonaws.com")))
                                .build())))
                .build();
        getNode().findAll().stream()
                .filter(construct -> construct.getNode().getId().startsWith("AWS679f53fac002430cb0da5b7982bd2287"))
                .forEach(function -> {
                    NagReason.CDK_OWN_LOGGING_POLICY.explain(function);
                    NagReason.CDK_OWN_RUNTIME.explain(function);
                });
        return association;
    }

    private static AwsSdkCall call(String action, Map<String, String> parameters, String alreadyDone) {
        return AwsSdkCall.builder()
                .service("RDS")
                .action(action)
                .parameters(parameters)
                .physicalResourceId(PhysicalResourceId.of(parameters.get("RoleArn")))
                .ignoreErrorCodesMatching(alreadyDone)
                .build();
    }
}
