package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
import dev.pglambda.infra.operations.FunctionAlarms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.AliasProps;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IAlias;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * One folder of {@code handlers/} as a function that PostgreSQL can call: published, with SnapStart, behind the alias
 * {@value #LIVE}; with its own role and log, traces, dead letters and alarms. Only a function
 * with {@link DatabaseAccess} is in the VPC, has the layer and may log in: as its user.
 *
 * <p>Earlier versions stay after an update, so that the alias can be set back to them.
 */
@SuppressWarnings("this-escape") // a construct names its parent, as always with CDK
public final class PostgresFunction extends Construct implements IGrantable {

    /** The alias that the database calls. */
    public static final String LIVE = "live";

    private final FunctionFolder folder;
    private final Optional<Integer> limit;
    private final String name;
    private final Function function;
    private final Alias alias;

    /**
     * Named as the folder.
     *
     * @throws IllegalArgumentException if function.json and the database access contradict each other, or the function
     *     may run longer than its caller waits
     */
    public PostgresFunction(Construct scope, FunctionFolder folder, PostgresFunctionProps props) {
        super(scope, folder.name());
        this.folder = folder;
        this.limit = props.settings().limit(folder);
        this.name = props.settings().nameOf(folder);
        requireConsistent(folder, props);
        this.function = FunctionBuilder.of(this, folder, props.settings(), props.database())
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .reservedConcurrentExecutions(props.settings().reserved(folder).orElse(null))
                .deadLetterQueue(props.deadLetters())
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build())
                .build();
        Annotations.of(function)
                .acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias publishes it.");
        props.database().ifPresent(database -> database.login().grantTo(function));
        this.alias = new Alias(
                this,
                "Live",
                AliasProps.builder()
                        .aliasName(LIVE)
                        .version(function.getCurrentVersion())
                        .description("What PostgreSQL calls")
                        .build());
        keepActive();
        new FunctionAlarms(this, alias, props.alarms())
                .forCallsWithin(props.settings().callerTimeoutMs());
    }

    /** The ARN of the alias, made from its name: whoever refers to it need not wait until it is there. */
    public String arn() {
        return Stack.of(this)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(name + ":" + LIVE)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    /** A version of a function that logs in is published, and with it its snapshot taken, when its user is there. */
    public void publishAfter(IDependable userExists) {
        if (folder.description().database()) {
            function.getCurrentVersion().getNode().addDependency(userExists);
        }
    }

    /** The alias that the database calls. */
    public IAlias alias() {
        return alias;
    }

    /** The function itself, without version. */
    public IFunction function() {
        return function;
    }

    /** The function's entry in the setup resource's property {@code Functions}. */
    public Map<String, Object> registration() {
        Map<String, Object> registration = new TreeMap<>(Map.of(
                "name",
                folder.name(),
                "arn",
                function.getFunctionArn(),
                "qualifier",
                LIVE,
                "timeoutMs",
                folder.description().timeoutSeconds() * 1000));
        limit.ifPresent(calls -> registration.put("maxConcurrency", calls));
        if (!folder.description().sql().isEmpty()) {
            registration.put("sql", folder.description().sql());
        }
        return registration;
    }

    @Override
    public IPrincipal getGrantPrincipal() {
        return function.getGrantPrincipal();
    }

    /** Lambda gives up the snapshot of a version that is idle for two weeks: then a first call in SQL would fail. */
    private void keepActive() {
        Rule.Builder.create(this, "KeepActive")
                .description("Calls " + name + " without an item, which it refuses, so that its version stays active")
                .schedule(Schedule.rate(Duration.days(7)))
                .targets(List.of(LambdaFunction.Builder.create(alias)
                        .event(RuleTargetInput.fromObject(Map.of()))
                        .build()))
                .build();
    }

    private static void requireConsistent(FunctionFolder folder, PostgresFunctionProps props) {
        if (folder.description().database() != props.database().isPresent()) {
            throw new IllegalArgumentException("function.json of " + folder.name() + " says \"database\": "
                    + folder.description().database() + ": give it DatabaseAccess exactly if that is true");
        }
        if (folder.description().timeoutSeconds() * 1000 >= props.settings().callerTimeoutMs()) {
            throw new IllegalArgumentException("function " + folder.name() + " may take "
                    + folder.description().timeoutSeconds()
                    + " s, and its caller gives up after " + props.settings().callerTimeoutMs()
                    + " ms: lower timeoutSeconds in its function.json, or raise requestTimeoutMs");
        }
    }
}
