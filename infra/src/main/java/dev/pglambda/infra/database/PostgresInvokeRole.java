package dev.pglambda.infra.database;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.IAlias;
import software.constructs.Construct;

/**
 * The role with which a cluster calls functions: exactly the aliases passed to {@link #allow}. Only RDS may assume it,
 * and only for this cluster. It has to be associated with the cluster for the feature {@value #FEATURE}.
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class PostgresInvokeRole extends Construct {

    /** RDS's name of the association. */
    public static final String FEATURE = "Lambda";

    private final Role role;
    private final Policy policy;

    /** For the cluster of this name, in the stack's account and region. */
    public PostgresInvokeRole(Construct scope, String id, String clusterIdentifier) {
        super(scope, id);
        this.role = Role.Builder.create(this, "Role")
                .description("Lets the database " + clusterIdentifier + " call its functions")
                .assumedBy(onlyFor(clusterArn(this, clusterIdentifier)))
                .build();
        // Apart from the role: the cluster depends on the role, functions on the cluster, and this policy on functions.
        this.policy = Policy.Builder.create(this, "Calls").roles(List.of(role)).build();
    }

    /** Adds an alias that the cluster may call. */
    public void allow(IAlias alias) {
        policy.addStatements(PolicyStatement.Builder.create()
                .actions(List.of("lambda:InvokeFunction"))
                .resources(List.of(alias.getFunctionArn()))
                .build());
    }

    /** The role itself. */
    public IRole role() {
        return role;
    }

    /** The ARN of the cluster of this name, in the stack's account and region. */
    public static String clusterArn(Construct scope, String identifier) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("rds")
                        .resource("cluster")
                        .resourceName(identifier)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    private PrincipalWithConditions onlyFor(String clusterArn) {
        return new PrincipalWithConditions(
                new ServicePrincipal("rds.amazonaws.com"),
                Map.of(
                        "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount()),
                        "ArnEquals", Map.of("aws:SourceArn", clusterArn)));
    }
}
