package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseAccess;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.LogGroupProps;
import software.constructs.Construct;

/** What all functions have in common: code, role, log, traces, and access to the database. */
final class FunctionBuilder {

    private FunctionBuilder() {}

    static Function.Builder of(
            Construct scope, FunctionFolder folder, FunctionSettings settings, Optional<DatabaseAccess> access) {
        String name = settings.nameOf(folder);
        LogGroup log = new LogGroup(
                scope,
                "Log",
                LogGroupProps.builder()
                        .logGroupName("/aws/lambda/" + name)
                        .retention(settings.logRetention())
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build());
        FunctionRole role = new FunctionRole(scope, name, log);
        Function.Builder function = Function.Builder.create(scope, "Function")
                .functionName(name)
                .description(folder.description().description())
                .runtime(Runtime.JAVA_25)
                .architecture(settings.architecture())
                .code(Code.fromAsset(folder.zip().toString()))
                .handler(folder.description().handler())
                .memorySize(folder.description().memoryMb())
                .timeout(Duration.seconds(folder.description().timeoutSeconds()))
                .role(role)
                .logGroup(log)
                .loggingFormat(LoggingFormat.JSON)
                .applicationLogLevelV2(ApplicationLogLevel.INFO)
                .systemLogLevelV2(SystemLogLevel.INFO)
                .tracing(Tracing.ACTIVE);
        access.ifPresent(database -> {
            role.allowVpc();
            function.vpc(database.vpc())
                    .vpcSubnets(database.subnets())
                    .securityGroups(List.of(database.securityGroup()))
                    .layers(database.layers())
                    .environment(database.environment().variables());
        });
        return function;
    }
}
