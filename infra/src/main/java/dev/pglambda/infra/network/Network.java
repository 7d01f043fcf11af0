package dev.pglambda.infra.network;

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
import software.amazon.awscdk.services.lambda.IAlias;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/**
 * Security groups and endpoints: functions and rotation may connect to the database and to Secrets Manager, the
 * database to Lambda, and no other connection is allowed. In a VPC with a route to AWS of its own, without endpoints,
 * functions and rotation reach port 443 of every address.
 */
public final class Network extends Construct {

    /** PostgreSQL's. */
    public static final int PORT = 5432;

    private static final Port HTTPS = Port.tcp(443);
    private static final List<String> SECRET_ACTIONS = List.of(
            "secretsmanager:GetSecretValue",
            "secretsmanager:DescribeSecret",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage");

    private final NetworkPlace place;
    private final SecurityGroup functions;
    private final SecurityGroup rotation;
    private final Optional<InterfaceVpcEndpoint> lambda;
    private final Optional<InterfaceVpcEndpoint> secretsManager;

    /** With all rules. */
    public Network(Construct scope, NetworkPlace place) {
        super(scope, "Network");
        this.place = place;
        this.functions = group("Functions", "The functions that go back to the database");
        this.rotation = group("Rotation", "The functions that rotate the passwords of the others");
        Port postgres = Port.tcp(PORT);
        place.securityGroup().getConnections().allowFrom(functions, postgres, "Functions to the database");
        place.securityGroup().getConnections().allowFrom(rotation, postgres, "Rotation to the database");
        if (place.createEndpoints()) {
            this.lambda = Optional.of(endpointForLambda());
            this.secretsManager = Optional.of(endpointForSecrets());
        } else {
            this.lambda = Optional.empty();
            this.secretsManager = Optional.empty();
            functions.addEgressRule(Peer.anyIpv4(), HTTPS, "To the VPC's own way to Secrets Manager");
            rotation.addEgressRule(Peer.anyIpv4(), HTTPS, "To the VPC's own way to Secrets Manager");
        }
    }

    /** Of functions that connect to the database. */
    public SecurityGroup functions() {
        return functions;
    }

    /** Of the functions that rotate passwords. */
    public SecurityGroup rotation() {
        return rotation;
    }

    /** A security group in the same VPC, without any rule. */
    public SecurityGroup group(String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(place.vpc())
                .description(description)
                .allowAllOutbound(false)
                .build();
    }

    /** The endpoint lets calls of these functions through, and no others. */
    public void allowCalls(List<IAlias> functions) {
        lambda.ifPresent(endpoint -> allow(
                endpoint,
                List.of("lambda:InvokeFunction"),
                functions.stream().map(IAlias::getFunctionArn).toList()));
    }

    /** The endpoint lets these secrets be read and rotated, and no others. */
    public void allowSecrets(List<ISecret> secrets) {
        List<String> arns = secrets.stream().map(ISecret::getSecretArn).toList();
        secretsManager.ifPresent(endpoint -> {
            allow(endpoint, SECRET_ACTIONS, arns);
            allow(endpoint, List.of("secretsmanager:GetRandomPassword"), List.of("*")); // of no secret
        });
    }

    private InterfaceVpcEndpoint endpointForLambda() {
        InterfaceVpcEndpoint endpoint = endpoint("Lambda", InterfaceVpcEndpointAwsService.LAMBDA);
        endpoint.getConnections().allowFrom(place.securityGroup(), HTTPS, "The database to Lambda");
        return endpoint;
    }

    private InterfaceVpcEndpoint endpointForSecrets() {
        InterfaceVpcEndpoint endpoint = endpoint("SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER);
        endpoint.getConnections().allowFrom(functions, HTTPS, "Functions to Secrets Manager");
        endpoint.getConnections().allowFrom(rotation, HTTPS, "Rotation to Secrets Manager");
        return endpoint;
    }

    private InterfaceVpcEndpoint endpoint(String id, InterfaceVpcEndpointAwsService service) {
        return InterfaceVpcEndpoint.Builder.create(this, id)
                .vpc(place.vpc())
                .subnets(place.subnets())
                .service(service)
                .privateDnsEnabled(true)
                .open(false)
                .securityGroups(List.of(group(id + "Endpoint", "The endpoint of " + id)))
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
