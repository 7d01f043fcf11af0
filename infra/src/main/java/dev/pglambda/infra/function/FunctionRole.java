package dev.pglambda.infra.function;

import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.RoleProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/** The role of one function. Without managed policies: each of them allows more than one function needs. */
final class FunctionRole extends Role {

    private static final List<String> NETWORK_INTERFACES = List.of(
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses");

    private final String functionName;

    FunctionRole(Construct scope, String functionName, ILogGroup log) {
        super(
                scope,
                "Role",
                RoleProps.builder()
                        .description("What function " + functionName + " may do")
                        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                        .build());
        this.functionName = functionName;
        log.grantWrite(this);
        NagReason.TRACES.explain(this);
    }

    /** Lambda makes the function's network interfaces with its role; the function's own code may not. */
    void allowVpc() {
        addToPolicy(PolicyStatement.Builder.create()
                .actions(NETWORK_INTERFACES)
                .resources(List.of("*"))
                .build());
        addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.DENY)
                .actions(NETWORK_INTERFACES)
                .resources(List.of("*"))
                .conditions(Map.of("ArnEquals", Map.of("lambda:SourceFunctionArn", functionArn())))
                .build());
        NagReason.NETWORK_INTERFACES.explain(this);
    }

    /** Made from the name: a reference to the function would be a circular dependency. */
    private String functionArn() {
        return Stack.of(this)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(functionName)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }
}
