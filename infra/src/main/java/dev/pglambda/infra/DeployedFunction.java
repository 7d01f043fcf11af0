package dev.pglambda.infra;

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

/** What every function is, those that SQL calls and setup: code, role, log, traces, and the way to the database. */
final class DeployedFunction {

    private DeployedFunction() {}

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
                .description(folder.description())
                .runtime(Runtime.JAVA_25)
                .architecture(settings.architecture())
                .code(Code.fromAsset(folder.zip().toString()))
                .handler(folder.handler())
                .memorySize(folder.memoryMb())
                .timeout(Duration.seconds(folder.timeoutSeconds()))
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
                    .layers(List.of(database.layer()))
                    .environment(database.environment().variables());
        });
        return function;
    }
}
