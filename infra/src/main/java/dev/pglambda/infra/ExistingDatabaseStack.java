package dev.pglambda.infra;

import dev.pglambda.infra.database.DatabaseLogin;
import dev.pglambda.infra.database.DatabaseName;
import dev.pglambda.infra.database.DatabaseServer;
import dev.pglambda.infra.database.ExistingDatabase;
import dev.pglambda.infra.database.ExistingServer;
import dev.pglambda.infra.database.PostgresInvokeRole;
import dev.pglambda.infra.database.TargetDatabase;
import dev.pglambda.infra.network.NetworkPlace;
import dev.pglambda.infra.operations.RdsCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SecurityGroupImportOptions;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * The functions and the bundle for an existing cluster or instance. Nothing is looked up. The server gets the role for
 * Lambda, and its security group gets rules; its parameter group stays as its owner has it (infra/README.md says what it
 * needs).
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class ExistingDatabaseStack extends Stack {

    private final RetentionDays logRetention;

    /** Without the server and its VPC. */
    public ExistingDatabaseStack(Construct scope, String id, Deployment deployment, ExistingDatabase existing) {
        super(scope, id, PglambdaStack.protection(deployment));
        this.logRetention = deployment.settings().database().logRetention();
        // Rules for outgoing traffic, too, are written for a group only if it does not let everything out.
        ISecurityGroup group = SecurityGroup.fromSecurityGroupId(
                this,
                "DatabaseGroup",
                existing.securityGroup(),
                SecurityGroupImportOptions.builder().allowAllOutbound(false).build());
        PostgresInvokeRole role = new PostgresInvokeRole(this, "InvokeRole", existing.name());
        DatabaseServer server = new ExistingServer(this, existing, group)
                .withVersion(deployment.settings().database());
        TargetDatabase target = new TargetDatabase(
                new NetworkPlace(
                        vpc(existing.place()),
                        SubnetSelection.builder()
                                .subnetType(SubnetType.PRIVATE_ISOLATED)
                                .build(),
                        group,
                        NetworkPlace.Endpoints.asked(existing.place().endpoints())),
                server,
                administrator(existing.administrator(), server),
                deployment.settings().database().databaseName(),
                role,
                List.of(), // pg_cron needs parameters that the server may not have
                List.of(association(existing.name(), role), role, group));
        new PglambdaSystem(this, deployment, target);
    }

    private DatabaseLogin administrator(ExistingDatabase.Administrator administrator, DatabaseServer server) {
        return administrator
                .user()
                .map(user -> DatabaseLogin.byTokens(this, server, user))
                .orElseGet(() -> DatabaseLogin.bySecret(Secret.fromSecretCompleteArn(
                        this, "Administrator", administrator.secretArn().orElseThrow())));
    }

    private IVpc vpc(ExistingDatabase.Place place) {
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

    /** In CloudFormation an association is a property of the server, which is not in this stack. */
    private IDependable association(DatabaseName server, PostgresInvokeRole role) {
        Map<String, Object> parameters = new TreeMap<>(server.parameter());
        parameters.put("FeatureName", PostgresInvokeRole.FEATURE);
        parameters.put("RoleArn", role.role().getRoleArn());
        String api = server.kind().api();
        String add = "AddRoleTo" + api;
        String remove = "RemoveRoleFrom" + api;
        PhysicalResourceId id = PhysicalResourceId.of(role.role().getRoleArn());
        RdsCall call = new RdsCall(new Construct(this, "RoleAssociation"), "Custom::RoleAssociation", logRetention);
        call.onUpdate(RdsCall.sdk(add, parameters)
                .physicalResourceId(id)
                .ignoreErrorCodesMatching(api + "RoleAlreadyExists")
                .build());
        call.onDelete(RdsCall.sdk(remove, parameters)
                .ignoreErrorCodesMatching(api + "RoleNotFound")
                .build());
        call.allow(PolicyStatement.Builder.create()
                .actions(List.of("rds:" + add, "rds:" + remove))
                .resources(List.of(server.arn(this)))
                .build());
        call.allow(PolicyStatement.Builder.create()
                .actions(List.of("iam:PassRole"))
                .resources(List.of(role.role().getRoleArn()))
                .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "rds.amazonaws.com")))
                .build());
        return call.build();
    }
}
