package dev.pglambda.infra.database;

import dev.pglambda.infra.operations.RdsCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * Protects a new server from deletion when the first deployment has succeeded, and not before: CloudFormation could not
 * roll back a server that is protected already, and the next attempt would find its name taken.
 */
public final class DeletionProtection extends Construct {

    /** As the last of the stack: {@code everything} exists before. */
    public DeletionProtection(Construct scope, DatabaseName server, DatabaseSettings settings, IDependable everything) {
        super(scope, "DeletionProtection");
        Map<String, Object> parameters = new TreeMap<>(server.parameter());
        parameters.put("DeletionProtection", settings.protection().fromDeletion());
        parameters.put("ApplyImmediately", true);
        String operation = "Modify" + server.kind().api();
        RdsCall call = new RdsCall(this, "Custom::DeletionProtection", settings.logRetention());
        call.onUpdate(RdsCall.sdk(operation, parameters).build());
        call.allow(PolicyStatement.Builder.create()
                .actions(List.of("rds:" + operation))
                .resources(List.of(server.arn(this)))
                .build());
        call.build().getNode().addDependency(everything);
    }

    /** What belongs to a protected server stays when the stack is deleted, and goes when its creation is rolled back. */
    public static void keep(Construct construct) {
        construct.getNode().findAll().stream()
                .filter(CfnResource.class::isInstance)
                .map(CfnResource.class::cast)
                .forEach(resource -> resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE));
    }
}
