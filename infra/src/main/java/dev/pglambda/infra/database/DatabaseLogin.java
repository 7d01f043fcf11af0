package dev.pglambda.infra.database;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/**
 * As whom a function logs in: by the password in a secret, or by IAM tokens, or by tokens with the secret in reserve, until
 * the user has the role {@code rds_iam}.
 */
public record DatabaseLogin(Optional<Tokens> tokens, Optional<ISecret> secret) {

    /** The user, and what IAM calls its login. */
    public record Tokens(String user, String arn) {}

    /** By the user and password of a secret. */
    public static DatabaseLogin bySecret(ISecret secret) {
        return new DatabaseLogin(Optional.empty(), Optional.of(secret));
    }

    /** By tokens, without any password. */
    public static DatabaseLogin byTokens(Construct scope, DatabaseServer server, String user) {
        return new DatabaseLogin(Optional.of(new Tokens(user, server.loginArn(scope, user))), Optional.empty());
    }

    DatabaseLogin withInReserve(ISecret first) {
        return new DatabaseLogin(tokens, Optional.of(first));
    }

    /** Lets the function do what this login takes, and no more. */
    public void grantTo(IGrantable function) {
        grantSecretTo(function);
        tokens.ifPresent(login -> allow(function, "rds-db:connect", login.arn()));
    }

    /** Lets the function read the secret, if there is one; what CDK would grant says more than that. */
    public void grantSecretTo(IGrantable function) {
        secret.ifPresent(read -> allow(function, "secretsmanager:GetSecretValue", read.getSecretArn()));
    }

    private static void allow(IGrantable function, String action, String arn) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(function)
                .actions(List.of(action))
                .resourceArns(List.of(arn))
                .build());
    }

    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        secret.ifPresent(read -> variables.put("DB_SECRET_ARN", read.getSecretArn()));
        tokens.ifPresent(login -> {
            variables.put("DB_AUTH", "iam");
            variables.put("DB_USER", login.user());
        });
        return variables;
    }
}
