package dev.pglambda.infra.database;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.network.Network;
import dev.pglambda.infra.network.NetworkPlace;
import dev.pglambda.infra.operations.FunctionAlarms;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.rds.DatabaseSecret;
import software.amazon.awscdk.services.secretsmanager.HostedRotation;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.RotationSchedule;
import software.amazon.awscdk.services.secretsmanager.RotationScheduleOptions;
import software.amazon.awscdk.services.secretsmanager.SingleUserHostedRotationOptions;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * The database user of one function, named as the function in the account, and so with the stack's prefix. It logs in by
 * IAM tokens, or by a secret with its password and the server's address, rotated every thirty days. The installer creates
 * the user in the database.
 */
public final class DatabaseUser extends Construct {

    private static final Duration ROTATED_EVERY = Duration.days(30);
    /** Characters that would have to be escaped in a URL, a shell or a connection string. */
    private static final String EXCLUDED = " %+~`#$&*()|[]{}:;<>?!'/@\"\\";

    private static final int LONGEST_NAME = 63;

    private final FunctionFolder folder;
    private final String user;
    private final DatabaseLogin login;

    /** With its secret, unless it logs in by tokens. */
    public DatabaseUser(Construct scope, FunctionFolder folder, String user, TargetDatabase database) {
        super(scope, folder.name());
        if (user.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("user " + user + " has a name of over " + LONGEST_NAME
                    + " characters, which PostgreSQL cuts off: choose a shorter prefix");
        }
        this.folder = folder;
        this.user = user;
        this.login = database.administrator().tokens().isPresent()
                ? DatabaseLogin.byTokens(this, database.server(), user)
                : DatabaseLogin.bySecret(secret(database));
    }

    /** As whom the function logs in. */
    public DatabaseLogin login() {
        return login;
    }

    /** The user's entry in the setup resource's property {@code Logins}. */
    public Map<String, Object> entry() {
        Map<String, Object> entry =
                new TreeMap<>(Map.of("roles", folder.description().roles()));
        login.secret()
                .ifPresentOrElse(
                        secret -> entry.put("secretArn", secret.getSecretArn()), () -> entry.put("user", user));
        return entry;
    }

    /** Starts the rotation when the user exists; the first one is after thirty days. */
    public void rotate(Rotation rotation) {
        login.secret().ifPresent(secret -> {
            String function = user + "-rotation";
            LogGroup log = LogGroup.Builder.create(this, "RotationLog")
                    .logGroupName("/aws/lambda/" + function)
                    .retention(rotation.logRetention())
                    .removalPolicy(RemovalPolicy.DESTROY)
                    .build();
            RotationSchedule schedule = secret.addRotationSchedule(
                    "Rotation",
                    RotationScheduleOptions.builder()
                            .automaticallyAfter(ROTATED_EVERY)
                            .rotateImmediatelyOnUpdate(false)
                            .hostedRotation(hosted(function, rotation))
                            .build());
            schedule.getNode().addDependency(rotation.userExists(), log);
            FunctionAlarms.ofFunction(
                    this, function, rotation.alarms(), "The password of " + user + " was not rotated: see its log.");
        });
    }

    /** Where passwords are rotated, and who is told when that fails. */
    public record Rotation(
            Network network, NetworkPlace place, RetentionDays logRetention, ITopic alarms, IDependable userExists) {}

    private static HostedRotation hosted(String function, Rotation rotation) {
        return HostedRotation.postgreSqlSingleUser(SingleUserHostedRotationOptions.builder()
                .functionName(function)
                .vpc(rotation.place().vpc())
                .vpcSubnets(rotation.place().subnets())
                .securityGroups(List.of(rotation.network().rotation()))
                .excludeCharacters(EXCLUDED)
                .build());
    }

    private ISecret secret(TargetDatabase database) {
        return DatabaseSecret.Builder.create(this, "Secret")
                .username(user)
                .dbname(database.name())
                .excludeCharacters(EXCLUDED)
                .build()
                .attach(database.server().secrets());
    }
}
