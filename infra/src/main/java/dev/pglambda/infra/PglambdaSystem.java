package dev.pglambda.infra;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
import dev.pglambda.infra.database.DatabaseEnvironment;
import dev.pglambda.infra.database.DatabaseLayer;
import dev.pglambda.infra.database.DatabaseLogin;
import dev.pglambda.infra.database.DatabaseUser;
import dev.pglambda.infra.database.RootCertificate;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Everything except the server: network, layer, users, functions, permission to call them, bundle, rotation. */
final class PglambdaSystem extends Construct {

    private final Artifacts artifacts;
    private final StackSettings settings;
    private final TargetDatabase database;
    private final Network network;
    private final List<ILayerVersion> layers;
    private final Queue deadLetters;
    private final Topic alarms;

    private final Map<String, DatabaseUser> users = new TreeMap<>();

    PglambdaSystem(Construct scope, Deployment deployment, TargetDatabase database) {
        super(scope, "Pglambda");
        this.artifacts = deployment.artifacts();
        this.settings = deployment.settings();
        this.database = database;
        boolean passwords = database.administrator().tokens().isEmpty();
        boolean secrets = database.administrator().secret().isPresent();
        this.network = new Network(this, database.place(), new Network.Secrets(secrets, passwords));
        this.layers = layers();
        this.alarms = AlarmTopic.in(this, settings.alarmEmail());
        this.deadLetters = DeadLetters.in(this, alarms);
        Construct own = new Construct(this, "Users");
        Stream.concat(artifacts.callable().stream(), Stream.of(artifacts.monitor()))
                .filter(folder -> folder.description().database())
                .forEach(folder -> users.put(
                        folder.name(),
                        new DatabaseUser(own, folder, settings.functions().nameOf(folder), database)));
        Optional<String> proxy = settings.proxy() ? Optional.of(proxy().getEndpoint()) : Optional.empty();
        List<PostgresFunction> functions = functions(proxy);
        network.allowCalls(functions.stream().map(PostgresFunction::arn).toList());
        network.allowSecrets(secrets());
        SetupResource setup = setup(functions);
        functions.forEach(function -> function.publishAfter(setup.resource()));
        DatabaseUser.Rotation rotation = new DatabaseUser.Rotation(
                network, database.place(), settings.functions().logRetention(), alarms, setup.resource());
        users.values().forEach(user -> user.rotate(rotation));
        monitor(proxy).runAfter(setup.resource());
        outputs(functions, setup);
    }

    /** The topic of all alarms. */
    Topic alarms() {
        return alarms;
    }

    private List<ILayerVersion> layers() {
        List<ILayerVersion> layers = new ArrayList<>();
        layers.add(new DatabaseLayer(this, "DatabaseLayer", artifacts.databaseLayer()));
        settings.sslRootCert().ifPresent(pem -> layers.add(new RootCertificate(this, "RootCertificate", pem)));
        return layers;
    }

    private List<PostgresFunction> functions(Optional<String> proxy) {
        Construct parent = new Construct(this, "Functions");
        List<PostgresFunction> functions = new ArrayList<>();
        for (FunctionFolder folder : artifacts.callable()) {
            Optional<DatabaseAccess> access =
                    Optional.ofNullable(users.get(folder.name())).map(user -> access(user.login(), proxy));
            PostgresFunction function = new PostgresFunction(
                    parent, folder, new PostgresFunctionProps(settings.functions(), access, deadLetters, alarms));
            database.invokeRole().allow(function.arn());
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
                access(database.administrator(), Optional.empty()),
                alarms);
        SetupResource setup = new SetupResource(this, artifacts.installer(), settings.functions(), wanted);
        setup.resource().getNode().addDependency(network);
        database.ready().forEach(setup.resource().getNode()::addDependency);
        return setup;
    }

    private OutboxMonitor monitor(Optional<String> proxy) {
        FunctionFolder folder = artifacts.monitor();
        OutboxMonitor.Watch watch = new OutboxMonitor.Watch(
                access(users.get(folder.name()).login(), proxy), database.name(), settings.outboxAge(), alarms);
        return new OutboxMonitor(this, folder, settings.functions(), watch);
    }

    private List<ISecret> secrets() {
        return Stream.concat(
                        Stream.of(database.administrator()),
                        users.values().stream().map(DatabaseUser::login))
                .flatMap(login -> login.secret().stream())
                .toList();
    }

    private DatabaseAccess access(DatabaseLogin login, Optional<String> proxy) {
        return new DatabaseAccess(
                database.place().vpc(),
                database.place().subnets(),
                network.functions(),
                layers,
                new DatabaseEnvironment(
                        login,
                        database.host(),
                        database.name(),
                        proxy,
                        settings.sslRootCert().map(pem -> RootCertificate.FILE)));
    }

    private DatabaseProxy proxy() {
        SecurityGroup group = network.group("Proxy", "RDS Proxy between the functions and the database");
        Port postgres = Port.tcp(Network.PORT);
        group.getConnections().allowFrom(network.functions(), postgres, "Functions to the proxy");
        String name = settings.functions().prefix();
        LogGroup log = LogGroup.Builder.create(this, "ProxyLog")
                .logGroupName("/aws/rds/proxy/" + name) // RDS would make one that never ends
                .retention(settings.functions().logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        DatabaseProxy proxy = DatabaseProxy.Builder.create(this, "Proxy")
                .dbProxyName(name)
                .proxyTarget(database.server().proxied())
                .vpc(database.place().vpc())
                .vpcSubnets(database.place().subnets())
                .securityGroups(List.of(group))
                .secrets(users.values().stream()
                        .flatMap(user -> user.login().secret().stream())
                        .toList())
                .requireTls(true)
                .build();
        proxy.getNode().addDependency(log);
        return proxy;
    }

    private void outputs(List<PostgresFunction> functions, SetupResource setup) {
        Outputs outputs = new Outputs(Stack.of(this));
        outputs.of(database);
        outputs.of(functions);
        outputs.of(users);
        outputs.output("SetupFunctionName", setup.function().getFunctionName(), "Installs and upgrades the bundle");
        outputs.output("DeadLetterQueueUrl", deadLetters.getQueueUrl(), "Failed calls that nobody waited for");
        outputs.output("AlarmTopicArn", alarms.getTopicArn(), "Subscribe to be told of alarms");
    }
}
