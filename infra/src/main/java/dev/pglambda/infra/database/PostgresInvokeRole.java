package dev.pglambda.infra.database;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The role with which a database server calls functions: exactly the aliases passed to {@link #allow}. Only RDS may assume it,
 * and only for this server. It has to be associated with the server for the feature {@value #FEATURE}.
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class PostgresInvokeRole extends Construct {

    /** RDS's name of the association. */
    public static final String FEATURE = "Lambda";

    private final Role role;
    private final Policy policy;

    /** For the server of this name, in the stack's account and region. */
    public PostgresInvokeRole(Construct scope, String id, DatabaseName server) {
        super(scope, id);
        this.role = Role.Builder.create(this, "Role")
                .description("Lets the database " + server.identifier() + " call its functions")
                .assumedBy(onlyFor(server.arn(this)))
                .build();
        // Apart from the role: the server depends on the role, functions on the server, and this policy on functions.
        this.policy = Policy.Builder.create(this, "Calls").roles(List.of(role)).build();
    }

    /** Adds a function that the server may call, by the ARN of its alias. */
    public void allow(String aliasArn) {
        policy.addStatements(PolicyStatement.Builder.create()
                .actions(List.of("lambda:InvokeFunction"))
                .resources(List.of(aliasArn))
                .build());
    }

    /** The role itself. */
    public IRole role() {
        return role;
    }

    private PrincipalWithConditions onlyFor(String serverArn) {
        return new PrincipalWithConditions(
                new ServicePrincipal("rds.amazonaws.com"),
                Map.of(
                        "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount()),
                        "ArnEquals", Map.of("aws:SourceArn", serverArn)));
    }
}
