package dev.pglambda.infra;

import dev.pglambda.infra.database.DatabaseUser;
import dev.pglambda.infra.database.TargetDatabase;
import dev.pglambda.infra.function.PostgresFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;

/** What a deployment says at its end, and {@code bin/verify-deployment} reads. */
record Outputs(Stack stack) {

    void of(TargetDatabase database) {
        output("Endpoint", database.host(), "Where applications connect");
        output("DatabaseArn", database.server().name().arn(stack), "The cluster or the instance");
        output(
                "DatabaseSecurityGroupId",
                database.place().securityGroup().getSecurityGroupId(),
                "To let applications in, on port 5432");
        output("DatabaseName", database.name(), "The database with the wrappers");
        database.administrator()
                .secret()
                .ifPresent(
                        secret -> output("SecretArn", secret.getSecretArn(), "The administrator's user and password"));
        output("InvokeRoleArn", database.invokeRole().role().getRoleArn(), "With which the database calls functions");
    }

    void of(List<PostgresFunction> functions) {
        output(
                "FunctionNames",
                functions.stream()
                        .map(function -> function.function().getFunctionName())
                        .collect(Collectors.joining(",")),
                "What the database calls");
    }

    void of(Map<String, DatabaseUser> users) {
        users.forEach((name, user) -> user.login()
                .secret()
                .ifPresent(secret -> output(
                        "SecretArnOf" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                        secret.getSecretArn(),
                        "User and password of function " + name)));
    }

    /** In the stack itself, so that the name has no prefix. */
    void output(String id, String value, String description) {
        CfnOutput.Builder.create(stack, id)
                .value(value)
                .description(description)
                .build();
    }
}
