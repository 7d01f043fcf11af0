package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
import dev.pglambda.infra.database.DatabaseUser;
import dev.pglambda.infra.operations.FunctionAlarms;
import dev.pglambda.infra.operations.NagReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.FileSystem;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.customresources.Provider;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/**
 * The function that installs the bundle, and the custom resource for which CloudFormation calls it: at the first
 * deployment, when functions or users are added or removed, and when the function's zip has changed, because the zip
 * contains the bundle. Calls wait for each other in the database. A call that fails raises an alarm.
 */
public final class SetupResource extends Construct {

    private final Function function;
    private final CustomResource resource;

    /** The function and the custom resource. */
    public SetupResource(Construct scope, FunctionFolder folder, FunctionSettings settings, Wanted wanted) {
        super(scope, "Setup");
        this.function = FunctionBuilder.of(this, folder, settings, Optional.of(wanted.access()))
                .build();
        wanted.access().login().grantTo(function);
        wanted.users().forEach(user -> user.login().grantSecretTo(function));
        FunctionAlarms.ofFunction(
                this,
                settings.nameOf(folder),
                wanted.alarms(),
                "The bundle was not installed or upgraded: the log of setup says why, and the database is as it was.");
        this.resource = CustomResource.Builder.create(this, "Bundle")
                .resourceType("Custom::PglambdaBundle")
                .serviceToken(provider(settings).getServiceToken())
                .serviceTimeout(Duration.seconds(2 * folder.description().timeoutSeconds()))
                .properties(Map.of(
                        "Functions",
                        wanted.functions().stream()
                                .map(PostgresFunction::registration)
                                .toList(),
                        "Logins",
                        wanted.users().stream().map(DatabaseUser::entry).toList(),
                        "Extensions",
                        wanted.extensions(),
                        "Trigger",
                        FileSystem.fingerprint(folder.zip().toString())))
                .build();
    }

    /**
     * What the function sets up.
     *
     * @param access of the administrator
     */
    public record Wanted(
            List<PostgresFunction> functions,
            List<DatabaseUser> users,
            List<String> extensions,
            DatabaseAccess access,
            ITopic alarms) {}

    public IFunction function() {
        return function;
    }

    /** Other resources depend on it. */
    public CustomResource resource() {
        return resource;
    }

    private Provider provider(FunctionSettings settings) {
        Provider provider = Provider.Builder.create(this, "Provider")
                .onEventHandler(function)
                .logGroup(LogGroup.Builder.create(this, "ProviderLog")
                        .retention(settings.logRetention())
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build())
                .build();
        NagReason.CDK_OWN_LOGGING_POLICY.explain(provider);
        NagReason.CDK_OWN_RUNTIME.explain(provider);
        NagReason.PROVIDER_VERSIONS.explain(provider);
        return provider;
    }
}
