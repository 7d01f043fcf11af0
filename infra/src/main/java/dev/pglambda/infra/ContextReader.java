package dev.pglambda.infra;

import dev.pglambda.infra.database.DatabaseName;
import dev.pglambda.infra.database.DatabaseSettings;
import dev.pglambda.infra.database.ExistingDatabase;
import dev.pglambda.infra.function.FunctionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/** Makes the settings of a stack of the options of {@code cdk deploy -c name=value}. Reports all mistakes at once. */
final class ContextReader {

    private static final Map<String, RetentionDays> RETENTIONS = Map.of(
            "7", RetentionDays.ONE_WEEK,
            "14", RetentionDays.TWO_WEEKS,
            "30", RetentionDays.ONE_MONTH,
            "90", RetentionDays.THREE_MONTHS,
            "365", RetentionDays.ONE_YEAR);

    /** RDS's default for {@code max_connections}, for each ACU, of which four fifths raise an alarm. */
    private static final int CONNECTIONS_PER_ACU = 160;
    /** The same for clusters that may scale down to half an ACU or less: for them RDS limits it to 2,000. */
    private static final int MOST_CONNECTIONS_OF_SMALL = 1_600;

    private static final int MOST_CONNECTIONS = 4_000;
    private static final int CONNECTIONS_OF_INSTANCE = 300;

    private final Options options;

    ContextReader(Function<String, Optional<String>> context) {
        this.options = new Options(context);
    }

    /** Throws an {@link IllegalArgumentException} that lists every mistake. */
    StackSettings settings() {
        FunctionSettings functions = functions();
        StackSettings.Server server = server();
        StackSettings settings = new StackSettings(
                functions,
                database(functions, server),
                server,
                options.flag("proxy", false),
                Duration.ofMinutes(options.number("outboxMinutes", 5, 1, 1_440)),
                options.text("alarmEmail"),
                options.text("sslRootCert").map(Path::of));
        boolean tokens = settings.database().login().tokens();
        options.refuseIf(server.capacity().min() > server.capacity().max(), "minCapacity is over maxCapacity");
        options.refuseIf(
                tokens && settings.proxy(), "proxy=true needs login=secret: the proxy reads passwords in secrets");
        options.refuseIf(
                tokens && server.capacity().dataApi(),
                "dataApi=true needs login=secret: the Data API uses a password, which login=iam takes away");
        options.refuseIf(
                server.instance().isPresent() && server.capacity().dataApi(),
                "dataApi=true needs server=aurora: instances have no Data API");
        options.requireNoMistake();
        return settings;
    }

    /** Empty if no option names one. */
    Optional<ExistingDatabase> existing() {
        Optional<String> cluster = options.text("existingCluster");
        Optional<String> instance = options.text("existingInstance");
        if (cluster.isEmpty() && instance.isEmpty()) {
            return Optional.empty();
        }
        options.refuseIf(cluster.isPresent() && instance.isPresent(), "existingCluster and existingInstance: name one");
        ExistingDatabase existing = new ExistingDatabase(
                cluster.map(name -> new DatabaseName(DatabaseName.Kind.CLUSTER, name))
                        .orElseGet(() -> new DatabaseName(DatabaseName.Kind.INSTANCE, instance.orElseThrow())),
                options.required("existingHost"),
                options.required("existingSecurityGroup"),
                administrator(),
                new ExistingDatabase.Place(
                        options.required("existingVpc"),
                        options.list("existingSubnets"),
                        options.list("existingAvailabilityZones"),
                        options.someOf("existingEndpoints", Set.of("lambda", "secretsmanager"))));
        options.refuseIf(
                existing.place().subnets().size() != existing.place().zones().size(),
                "existingSubnets and existingAvailabilityZones must be lists of the same length");
        options.requireNoMistake();
        return Optional.of(existing);
    }

    private ExistingDatabase.Administrator administrator() {
        if (!tokens()) {
            return new ExistingDatabase.Administrator(
                    Optional.of(options.required("existingSecretArn")), Optional.empty(), Optional.empty());
        }
        options.refuseIf(
                options.text("existingSecretArn").isPresent(),
                "existingSecretArn and login=iam: with IAM everybody logs in by tokens, existingAdministrator too");
        options.refuseIf(
                !options.text("existingHost").orElse("").matches(".*\\.rds\\.amazonaws\\.com(\\.cn)?"),
                "existingHost must be the name that RDS gave the server: tokens are for that name only");
        return new ExistingDatabase.Administrator(
                Optional.empty(),
                Optional.of(options.required("existingAdministrator")),
                Optional.of(options.required("existingResourceId")));
    }

    private FunctionSettings functions() {
        return new FunctionSettings(
                options.matching("prefix", "pglambda", "[a-z][a-z0-9-]{0,30}"),
                options.oneOf(
                        "architecture", "arm64", Map.of("arm64", Architecture.ARM_64, "x86_64", Architecture.X86_64)),
                options.number("reservedConcurrency", 1, 1_000),
                options.number("requestTimeoutMs", 12_000, 1_000, 900_000),
                options.oneOf("logRetentionDays", "30", RETENTIONS));
    }

    private StackSettings.Server server() {
        boolean instance = options.oneOf("server", "aurora", Map.of("aurora", false, "instance", true));
        DatabaseSettings.InstanceSize size = new DatabaseSettings.InstanceSize(
                options.matching("instanceType", "t4g.medium", "[a-z][a-z0-9-]*\\.[a-z0-9]+"),
                options.number("storageGb", 20, 20, 10_000),
                options.flag("standby", false));
        return new StackSettings.Server(
                new DatabaseSettings.Capacity(
                        options.capacity("minCapacity", 0.5),
                        options.capacity("maxCapacity", 4),
                        options.number("readers", 0, 0, 15),
                        options.flag("dataApi", false)),
                instance ? Optional.of(size) : Optional.empty());
    }

    private DatabaseSettings database(FunctionSettings functions, StackSettings.Server server) {
        return new DatabaseSettings(
                functions.prefix(), // one server for each installation
                options.matching("databaseName", "app", "[a-z][a-z0-9_]{0,62}"),
                options.matching("engineVersion", "17", "(1[5-9]|2[0-9])(\\.\\d{1,2})?"),
                new DatabaseSettings.Timeouts(
                        options.number("connectTimeoutMs", 1_000, 1, 900_000), functions.callerTimeoutMs()),
                new DatabaseSettings.Login(
                        tokens(), options.oneOf("firstLogin", "secret", Map.of("secret", true, "iam", false))),
                new DatabaseSettings.Protection(
                        options.flag("protect", true),
                        options.number("connectionAlarm", connections(server), 1, 100_000)),
                functions.logRetention());
    }

    private boolean tokens() {
        return options.oneOf("login", "secret", Map.of("secret", false, "iam", true));
    }

    private static int connections(StackSettings.Server server) {
        if (server.instance().isPresent()) {
            return CONNECTIONS_OF_INSTANCE;
        }
        int most = server.capacity().min() <= 0.5 ? MOST_CONNECTIONS_OF_SMALL : MOST_CONNECTIONS;
        return (int) Math.min(most, server.capacity().max() * CONNECTIONS_PER_ACU);
    }
}
