package dev.pglambda.infra.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** A call of RDS that CloudFormation has no resource for. At most one in a stack: they would share one function's log. */
public final class RdsCall {

    /** CDK's id of the function that makes the calls. */
    private static final String FUNCTION = "AWS679f53fac002430cb0da5b7982bd2287";

    private final Construct scope;
    private final AwsCustomResource.Builder resource;
    private final List<PolicyStatement> statements = new ArrayList<>();

    /** As a resource of this type. */
    public RdsCall(Construct scope, String type, RetentionDays retention) {
        this.scope = scope;
        this.resource = AwsCustomResource.Builder.create(scope, "Call")
                .resourceType(type)
                .installLatestAwsSdk(false)
                .logGroup(LogGroup.Builder.create(scope, "Log")
                        .retention(retention)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build());
    }

    /** The call, by its name in RDS's API, such as {@code ModifyDBCluster}. */
    public static AwsSdkCall.Builder sdk(String operation, Map<String, Object> parameters) {
        return AwsSdkCall.builder()
                .service("RDS")
                .action(operation.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + operation.substring(1))
                .parameters(parameters)
                .physicalResourceId(PhysicalResourceId.of(operation));
    }

    /** At the creation, and at every change. */
    public void onUpdate(AwsSdkCall call) {
        resource.onUpdate(call);
    }

    /** When the resource is deleted. */
    public void onDelete(AwsSdkCall call) {
        resource.onDelete(call);
    }

    /** What the calls take. */
    public void allow(PolicyStatement statement) {
        statements.add(statement);
    }

    /** The resource. */
    public AwsCustomResource build() {
        AwsCustomResource made = resource.policy(AwsCustomResourcePolicy.fromStatements(statements))
                .build();
        Stack.of(scope).getNode().findAll().stream()
                .filter(construct -> construct.getNode().getId().startsWith(FUNCTION))
                .forEach(function -> {
                    NagReason.CDK_OWN_LOGGING_POLICY.explain(function);
                    NagReason.CDK_OWN_RUNTIME.explain(function);
                });
        return made;
    }
}
