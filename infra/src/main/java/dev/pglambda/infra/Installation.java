package dev.pglambda.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.rds.DatabaseProxy;
import software.amazon.awscdk.services.rds.ProxyTarget;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Everything but the cluster: network, layer, users, functions, the right to call them, setup, rotation, alarms. */
final class Installation extends Construct {

    private final Artifacts artifacts;
    private final StackSettings settings;
    private final TargetDatabase database;
    private final Network network;
    private final DatabaseLayer layer;
    private final Queue deadLetters;
    private final Topic alarms;

    private final Map<String, DatabaseUser> users = new TreeMap<>();

    Installation(Construct scope, Deployment deployment, TargetDatabase database) {
        super(scope, "Pglambda");
        this.artifacts = deployment.artifacts();
        this.settings = deployment.settings();
        this.database = database;
        this.network = new Network(this, database.place());
        this.layer = new DatabaseLayer(this, "DatabaseLayer", artifacts.databaseLayer());
        this.alarms = alarms();
        this.deadLetters = deadLetters();
        Construct own = new Construct(this, "Users");
        Stream.concat(artifacts.callable().stream(), Stream.of(artifacts.monitor()))
                .filter(FunctionFolder::database)
                .forEach(folder -> users.put(folder.name(), new DatabaseUser(own, folder, database)));
        Optional<String> proxy = settings.proxy() ? Optional.of(proxy().getEndpoint()) : Optional.empty();
        List<PostgresFunction> functions = functions(proxy);
        network.allowCalls(functions.stream().map(PostgresFunction::alias).toList());
        network.allowSecrets(secrets());
        SetupResource setup = setup(functions);
        users.values().forEach(user -> user.rotate(network, database.place(), setup.resource()));
        monitor(proxy).runAfter(setup.resource());
        tell(functions, setup);
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

    /** Setup alters users and holds a lock for its session: it goes to the server itself, never to a proxy. */
    private SetupResource setup(List<PostgresFunction> functions) {
        SetupResource.Wanted wanted = new SetupResource.Wanted(
                functions,
                List.copyOf(users.values()),
                database.extensions(),
                access(database.administrator(), Optional.empty()));
        SetupResource setup = new SetupResource(this, artifacts, settings.functions(), wanted);
        setup.resource().getNode().addDependency(network);
        database.ready().forEach(setup.resource().getNode()::addDependency);
        return setup;
    }

    private OutboxMonitor monitor(Optional<String> proxy) {
        FunctionFolder folder = artifacts.monitor();
        return new OutboxMonitor(
                this, folder, settings, access(users.get(folder.name()).secret(), proxy), alarms);
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
        Port postgres = Port.tcp(DatabaseEnvironment.PORT);
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

    private Topic alarms() {
        Topic topic = Topic.Builder.create(this, "Alarms").enforceSsl(true).build();
        // A policy of our own takes the place of the one by which CloudWatch would be allowed to.
        topic.grantPublish(new PrincipalWithConditions(
                new ServicePrincipal("cloudwatch.amazonaws.com"),
                Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(this).getAccount()))));
        settings.alarmEmail().ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
        return topic;
    }

    private Queue deadLetters() {
        Queue queue = Queue.Builder.create(this, "DeadLetters")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        Reasons.explain(queue, Reasons.IS_THE_DEAD_LETTER_QUEUE);
        FunctionAlarms.raise(
                        this,
                        "DeadLettersAlarm",
                        queue.metricApproximateNumberOfMessagesVisible(FunctionAlarms.over("Maximum")),
                        1,
                        "Calls that nobody waited for have failed three times: their payloads are in the queue.")
                .addAlarmAction(new SnsAction(alarms));
        return queue;
    }

    private void tell(List<PostgresFunction> functions, SetupResource setup) {
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

    /** In the stack itself, so that its name is not prefixed. */
    private void output(String id, String value, String description) {
        CfnOutput.Builder.create(Stack.of(this), id)
                .value(value)
                .description(description)
                .build();
    }
}
