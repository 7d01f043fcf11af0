package dev.pglambda.infra.database;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.network.Network;
import dev.pglambda.infra.network.NetworkPlace;
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
 * The database user of one function, named as the function: a secret with its password and the cluster's address,
 * rotated every thirty days. The installer creates the user in the database.
 */
public final class DatabaseUser extends Construct {

    private static final Duration ROTATED_EVERY = Duration.days(30);
    /** Characters that would have to be escaped in a URL, a shell or a connection string. */
    private static final String EXCLUDED = " %+~`#$&*()|[]{}:;<>?!'/@\"\\";

    private final FunctionFolder folder;
    private final ISecret secret;

    /** With its secret. */
    public DatabaseUser(Construct scope, FunctionFolder folder, TargetDatabase database) {
        super(scope, folder.name());
        this.folder = folder;
        this.secret = DatabaseSecret.Builder.create(this, "Secret")
                .username(folder.name())
                .dbname(database.name())
                .excludeCharacters(EXCLUDED)
                .build()
                .attach(database.cluster());
    }

    public ISecret secret() {
        return secret;
    }

    /** The user's entry in the setup resource's property {@code Logins}. */
    public Map<String, Object> login() {
        return Map.of(
                "secretArn",
                secret.getSecretArn(),
                "roles",
                folder.description().roles());
    }

    /** Starts the rotation when the user exists; the first one is after thirty days. */
    public void rotate(Network network, NetworkPlace place, IDependable userExists) {
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
