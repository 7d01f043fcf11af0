package dev.pglambda.infra.network;

import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/**
 * Security groups and endpoints: functions and rotation may connect to the database and to Secrets Manager, the
 * database to Lambda, and no other connection is allowed. In a VPC with its own way to Secrets Manager, functions and
 * rotation reach port 443 of every address. Without passwords there is neither rotation nor a way to Secrets Manager.
 */
public final class Network extends Construct {

    /** PostgreSQL's. */
    public static final int PORT = 5432;

    private static final Port HTTPS = Port.tcp(443);
    private static final List<String> ROTATION = List.of(
            "secretsmanager:GetSecretValue",
            "secretsmanager:DescribeSecret",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage");

    private final NetworkPlace place;
    private final SecurityGroup functions;
    private final Optional<SecurityGroup> rotation;
    private final Optional<InterfaceVpcEndpoint> lambda;
    private final Optional<InterfaceVpcEndpoint> secretsManager;

    /** With all rules. */
    public Network(Construct scope, NetworkPlace place, Secrets secrets) {
        super(scope, "Network");
        this.place = place;
        this.functions = group("Functions", "The functions that go back to the database");
        this.rotation = secrets.rotated()
                ? Optional.of(group("Rotation", "The functions that rotate the passwords of the others"))
                : Optional.empty();
        Port postgres = Port.tcp(PORT);
        place.securityGroup().getConnections().allowFrom(functions, postgres, "Functions to the database");
        rotation.ifPresent(
                group -> place.securityGroup().getConnections().allowFrom(group, postgres, "Rotation to the database"));
        this.lambda = place.endpoints().lambda() ? Optional.of(endpointForLambda()) : Optional.empty();
        this.secretsManager = secrets.read() && place.endpoints().secretsManager()
                ? Optional.of(endpointForSecrets())
                : Optional.empty();
        if (secrets.read() && secretsManager.isEmpty()) {
            functions.addEgressRule(Peer.anyIpv4(), HTTPS, "To the VPC's own way to Secrets Manager");
            rotation.ifPresent(
                    group -> group.addEgressRule(Peer.anyIpv4(), HTTPS, "To the VPC's own way to Secrets Manager"));
        }
    }

    /** Whether any function in the VPC reads a secret, and whether any secret is rotated. */
    public record Secrets(boolean read, boolean rotated) {}

    /** Of functions that connect to the database. */
    public SecurityGroup functions() {
        return functions;
    }

    /** Of the functions that rotate passwords; only where there are any. */
    public SecurityGroup rotation() {
        return rotation.orElseThrow();
    }

    /** A security group in the same VPC, without any rule. */
    public SecurityGroup group(String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(place.vpc())
                .description(description)
                .allowAllOutbound(false)
                .build();
    }

    /** An endpoint of our own lets calls of these functions through, and no others. */
    public void allowCalls(List<String> aliasArns) {
        own(lambda).ifPresent(endpoint -> allow(endpoint, List.of("lambda:InvokeFunction"), aliasArns));
    }

    /** An endpoint of our own lets these secrets be read and rotated, and no others. */
    public void allowSecrets(List<ISecret> secrets) {
        List<String> arns = secrets.stream().map(ISecret::getSecretArn).toList();
        own(secretsManager).ifPresent(endpoint -> {
            if (rotation.isPresent()) {
                allow(endpoint, ROTATION, arns);
                allow(endpoint, List.of("secretsmanager:GetRandomPassword"), List.of("*")); // of no secret
            } else {
                allow(endpoint, List.of("secretsmanager:GetSecretValue"), arns);
            }
        });
    }

    /** In a VPC that others use, too, an endpoint keeps AWS's own policy, which lets every call through. */
    private Optional<InterfaceVpcEndpoint> own(Optional<InterfaceVpcEndpoint> endpoint) {
        return endpoint.filter(made -> !place.endpoints().shared());
    }

    private InterfaceVpcEndpoint endpointForLambda() {
        InterfaceVpcEndpoint endpoint = endpoint("Lambda", InterfaceVpcEndpointAwsService.LAMBDA);
        endpoint.getConnections().allowFrom(place.securityGroup(), HTTPS, "The database to Lambda");
        return endpoint;
    }

    private InterfaceVpcEndpoint endpointForSecrets() {
        InterfaceVpcEndpoint endpoint = endpoint("SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER);
        endpoint.getConnections().allowFrom(functions, HTTPS, "Functions to Secrets Manager");
        rotation.ifPresent(group -> endpoint.getConnections().allowFrom(group, HTTPS, "Rotation to Secrets Manager"));
        return endpoint;
    }

    private InterfaceVpcEndpoint endpoint(String id, InterfaceVpcEndpointAwsService service) {
        SecurityGroup group = group(id + "Endpoint", "The endpoint of " + id);
        if (place.endpoints().shared()) {
            group.addIngressRule(Peer.anyIpv4(), HTTPS, "The rest of the VPC");
            NagReason.OPEN_TO_THE_VPC.explain(group);
        }
        return InterfaceVpcEndpoint.Builder.create(this, id)
                .vpc(place.vpc())
                .subnets(place.subnets())
                .service(service)
                .privateDnsEnabled(true)
                .open(false)
                .securityGroups(List.of(group))
                .build();
    }

    /** The endpoint's own limit; each caller also needs the permission in its role. */
    private static void allow(InterfaceVpcEndpoint endpoint, List<String> actions, List<String> resources) {
        endpoint.addToPolicy(PolicyStatement.Builder.create()
                .principals(List.of(new AnyPrincipal()))
                .actions(actions)
                .resources(resources)
                .conditions(Map.of(
                        "StringEquals",
                        Map.of("aws:PrincipalAccount", Stack.of(endpoint).getAccount())))
                .build());
    }
}
