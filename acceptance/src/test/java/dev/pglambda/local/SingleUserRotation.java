package dev.pglambda.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A rotation function with the steps, the checks and the calls of those that AWS publishes for a single PostgreSQL user, over
 * AWS's SDK.
 */
public final class SingleUserRotation implements RequestHandler<Map<String, String>, Void> {

    private static final String CURRENT = "AWSCURRENT";
    private static final String PENDING = "AWSPENDING";

    private final SecretsManagerClient secrets = SecretsManagerClient.create();

    @Override
    public Void handleRequest(Map<String, String> event, Context context) {
        String arn = event.get("SecretId");
        String token = event.get("ClientRequestToken");
        DescribeSecretResponse secret = secrets.describeSecret(request -> request.secretId(arn));
        List<String> stages = secret.versionIdsToStages().get(token);
        if (!secret.rotationEnabled() || stages == null) {
            throw new IllegalStateException("secret " + arn + " is not to be rotated to " + token);
        }
        if (stages.contains(CURRENT)) {
            return null;
        }
        if (!stages.contains(PENDING)) {
            throw new IllegalStateException("version " + token + " is not pending");
        }
        switch (event.get("Step")) {
            case "createSecret" -> create(arn, token);
            case "setSecret" -> set(arn, token);
            case "testSecret" -> requireLogin(value(arn, PENDING, token));
            case "finishSecret" -> finish(arn, token);
            default -> throw new IllegalArgumentException(event.get("Step"));
        }
        return null;
    }

    private void create(String arn, String token) {
        String current = value(arn, CURRENT, null);
        try {
            value(arn, PENDING, token);
        } catch (ResourceNotFoundException e) {
            String password = secrets.getRandomPassword(request -> request.excludeCharacters(":/@\"'\\$"))
                    .randomPassword();
            String next = current.replaceFirst(
                    "\"password\":\"[^\"]*\"", Matcher.quoteReplacement("\"password\":\"" + password + "\""));
            secrets.putSecretValue(request -> request.secretId(arn)
                    .clientRequestToken(token)
                    .secretString(next)
                    .versionStages(PENDING));
        }
    }

    private void set(String arn, String token) {
        String pending = value(arn, PENDING, token);
        if (canLogIn(pending)) {
            return;
        }
        try (Connection connection = connect(value(arn, CURRENT, null));
                Statement statement = connection.createStatement()) {
            statement.execute("alter user " + statement.enquoteIdentifier(member(pending, "username"), true)
                    + " with password " + statement.enquoteLiteral(member(pending, "password")));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireLogin(String secret) {
        if (!canLogIn(secret)) {
            throw new IllegalStateException("the pending password is not right");
        }
    }

    private void finish(String arn, String token) {
        String current =
                secrets.describeSecret(request -> request.secretId(arn)).versionIdsToStages().entrySet().stream()
                        .filter(version -> version.getValue().contains(CURRENT))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        secrets.updateSecretVersionStage(request -> request.secretId(arn)
                .versionStage(CURRENT)
                .moveToVersionId(token)
                .removeFromVersionId(current));
    }

    private String value(String arn, String stage, String token) {
        return secrets.getSecretValue(
                        request -> request.secretId(arn).versionStage(stage).versionId(token))
                .secretString();
    }

    private static boolean canLogIn(String secret) {
        try (Connection connection = connect(secret)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connect(String secret) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + member(secret, "host") + ":" + member(secret, "port") + "/"
                        + member(secret, "dbname") + "?sslmode=verify-full&sslrootcert="
                        + System.getenv("DB_SSL_ROOT_CERT"),
                member(secret, "username"),
                member(secret, "password"));
    }

    private static String member(String secret, String name) {
        Matcher member =
                Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|(\\d+))").matcher(secret);
        if (!member.find()) {
            throw new IllegalStateException("the secret has no " + name);
        }
        return member.group(1) == null ? member.group(2) : member.group(1);
    }
}
