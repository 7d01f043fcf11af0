package dev.pglambda.infra;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
import dev.pglambda.infra.database.DatabaseEnvironment;
import dev.pglambda.infra.database.DatabaseLayer;
import dev.pglambda.infra.database.DatabaseUser;
import dev.pglambda.infra.database.PostgresInvokeRole;
import dev.pglambda.infra.database.TargetDatabase;
import dev.pglambda.infra.function.OutboxMonitor;
import dev.pglambda.infra.function.PostgresFunction;
import dev.pglambda.infra.function.PostgresFunctionProps;
import dev.pglambda.infra.function.SetupResource;
import dev.pglambda.infra.network.Network;
import dev.pglambda.infra.operations.AlarmTopic;
import dev.pglambda.infra.operations.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.rds.ProxyTarget;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Everything except the cluster: network, layer, users, functions, permission to call them, bundle, rotation. */
final class PglambdaSystem extends Construct {

    private final Artifacts artifacts;
    private final StackSettings settings;
    private final TargetDatabase database;
    private final Network network;
    private final DatabaseLayer layer;
    private final Queue deadLetters;
    private final Topic alarms;

    private final Map<String, DatabaseUser> users = new TreeMap<>();

    PglambdaSystem(Construct scope, Deployment deployment, TargetDatabase database) {
        super(scope, "Pglambda");
        this.artifacts = deployment.artifacts();
        this.settings = deployment.settings();
        this.database = database;
        this.network = new Network(this, database.place());
        this.layer = new DatabaseLayer(this, "DatabaseLayer", artifacts.databaseLayer());
        this.alarms = AlarmTopic.in(this, settings.alarmEmail());
        this.deadLetters = DeadLetters.in(this, alarms);
        Construct own = new Construct(this, "Users");
        Stream.concat(artifacts.callable().stream(), Stream.of(artifacts.monitor()))
                .filter(folder -> folder.description().database())
                .forEach(folder -> users.put(folder.name(), new DatabaseUser(own, folder, database)));
        Optional<String> proxy = settings.proxy() ? Optional.of(proxy().getEndpoint()) : Optional.empty();
        List<PostgresFunction> functions = functions(proxy);
        network.allowCalls(functions.stream().map(PostgresFunction::alias).toList());
        network.allowSecrets(secrets());
        SetupResource setup = setup(functions);
        users.values().forEach(user -> user.rotate(network, database.place(), setup.resource()));
        monitor(proxy).runAfter(setup.resource());
        outputs(functions, setup);
    }

    private List<PostgresFunction> functions(Optional<String> proxy) {
        Construct parent = new Construct(this, "Functions");
        List<PostgresFunction> functions = new ArrayList<>();
        for (FunctionFolder folder : artifacts.callable()) {
            Optional<DatabaseAccess> access =
                    Optional.ofNullable(users.get(folder.name())).map(user -> access(user.secret(), proxy));
            PostgresFunction function = new PostgresFunction(
                    parent, folder, new PostgresFunctionProps(settings.functions(), access, deadLetters, alarms));
            database.invokeRole().allow(function.alias());
            functions.add(function);
        }
        return functions;
    }

    /** The installer alters users and holds a session lock, so it connects to the server itself, never to a proxy. */
    private SetupResource setup(List<PostgresFunction> functions) {
        SetupResource.Wanted wanted = new SetupResource.Wanted(
                functions,
                List.copyOf(users.values()),
                database.extensions(),
                access(database.administrator(), Optional.empty()));
        SetupResource setup = new SetupResource(this, artifacts.installer(), settings.functions(), wanted);
        setup.resource().getNode().addDependency(network);
        database.ready().forEach(setup.resource().getNode()::addDependency);
        return setup;
    }

    private OutboxMonitor monitor(Optional<String> proxy) {
        FunctionFolder folder = artifacts.monitor();
        OutboxMonitor.Watch watch = new OutboxMonitor.Watch(
                access(users.get(folder.name()).secret(), proxy),
                settings.databaseName(),
                settings.outboxAge(),
                alarms);
        return new OutboxMonitor(this, folder, settings.functions(), watch);
    }

    private List<ISecret> secrets() {
        return Stream.concat(
                        Stream.of(database.administrator()),
                        users.values().stream().map(DatabaseUser::secret))
                .toList();
    }

    private DatabaseAccess access(ISecret secret, Optional<String> proxy) {
        return new DatabaseAccess(
                database.place().vpc(),
                database.place().subnets(),
                network.functions(),
                layer,
                secret,
                new DatabaseEnvironment(secret.getSecretArn(), database.host(), database.name(), proxy));
    }

    private DatabaseProxy proxy() {
        SecurityGroup group = network.group("Proxy", "RDS Proxy between the functions and the database");
        Port postgres = Port.tcp(Network.PORT);
        group.getConnections().allowFrom(network.functions(), postgres, "Functions to the proxy");
        return DatabaseProxy.Builder.create(this, "Proxy")
                .proxyTarget(ProxyTarget.fromCluster(database.cluster()))
                .vpc(database.place().vpc())
                .vpcSubnets(database.place().subnets())
                .securityGroups(List.of(group))
                .secrets(users.values().stream().map(DatabaseUser::secret).toList())
                .requireTls(true)
                .build();
    }

    private void outputs(List<PostgresFunction> functions, SetupResource setup) {
        output("ClusterEndpoint", database.host(), "Where applications connect");
        output(
                "ClusterArn",
                PostgresInvokeRole.clusterArn(this, database.cluster().getClusterIdentifier()),
                "The cluster");
        output(
                "ClusterSecurityGroupId",
                database.place().securityGroup().getSecurityGroupId(),
                "To let applications in, on port 5432");
        output("DatabaseName", database.name(), "The database with the wrappers");
        output("SecretArn", database.administrator().getSecretArn(), "The administrator's user and password");
        output("InvokeRoleArn", database.invokeRole().role().getRoleArn(), "With which the database calls functions");
        output("FunctionNames", names(functions), "What the database calls");
        output("SetupFunctionName", setup.function().getFunctionName(), "Installs and upgrades the bundle");
        output("DeadLetterQueueUrl", deadLetters.getQueueUrl(), "Failed calls that nobody waited for");
        output("AlarmTopicArn", alarms.getTopicArn(), "Subscribe to be told of alarms");
        users.forEach((name, user) -> output(
                "SecretArnOf" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                user.secret().getSecretArn(),
                "User and password of function " + name));
    }

    private static String names(List<PostgresFunction> functions) {
        return functions.stream()
                .map(function -> function.function().getFunctionName())
                .collect(Collectors.joining(","));
    }

    /** In the stack itself, so that the name has no prefix. */
    private void output(String id, String value, String description) {
        CfnOutput.Builder.create(Stack.of(this), id)
                .value(value)
                .description(description)
                .build();
    }
}
