package dev.pglambda.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.rds.DatabaseSecret;
import software.amazon.awscdk.services.secretsmanager.HostedRotation;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.RotationSchedule;
import software.amazon.awscdk.services.secretsmanager.RotationScheduleOptions;
import software.amazon.awscdk.services.secretsmanager.SingleUserHostedRotationOptions;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * The user of one function, named like it: a secret of its own, in which also the cluster's address stands, and its rotation
 * every thirty days. Setup makes the user in the database.
 */
final class DatabaseUser extends Construct {

    private static final Duration ROTATED_EVERY = Duration.days(30);
    /** Those that would have to be escaped in an URL, a shell or a connection string. */
    private static final String EXCLUDED = " %+~`#$&*()|[]{}:;<>?!'/@\"\\";

    /** The roles that the bundle has for functions of its own; others get theirs by their own migrations. */
    private static final Map<String, List<String>> ROLES =
            Map.of("process", List.of("pglambda_process"), FunctionFolder.MONITOR, List.of("pglambda_deliverer"));

    private final FunctionFolder folder;
    private final ISecret secret;

    DatabaseUser(Construct scope, FunctionFolder folder, TargetDatabase database) {
        super(scope, folder.name());
        this.folder = folder;
        this.secret = DatabaseSecret.Builder.create(this, "Secret")
                .username(folder.name())
                .dbname(database.name())
                .excludeCharacters(EXCLUDED)
                .build()
                .attach(database.cluster());
    }

    ISecret secret() {
        return secret;
    }

    /** As an entry of the setup resource's property {@code Logins}. */
    Map<String, Object> login() {
        return Map.of("secretArn", secret.getSecretArn(), "roles", ROLES.getOrDefault(folder.name(), List.of()));
    }

    /** Rotates when the user is there: not at once, and not before. */
    void rotate(Network network, TargetDatabase.Place place, IDependable userExists) {
        RotationSchedule schedule = secret.addRotationSchedule(
                "Rotation",
                RotationScheduleOptions.builder()
                        .automaticallyAfter(ROTATED_EVERY)
                        .rotateImmediatelyOnUpdate(false)
                        .hostedRotation(HostedRotation.postgreSqlSingleUser(SingleUserHostedRotationOptions.builder()
                                .vpc(place.vpc())
                                .vpcSubnets(place.subnets())
                                .securityGroups(List.of(network.rotation()))
                                .excludeCharacters(EXCLUDED)
                                .build()))
                        .build());
        schedule.getNode().addDependency(userExists);
    }
}
