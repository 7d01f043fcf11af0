package dev.pglambda.infra.database;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.LayerVersionProps;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/**
 * The database layer: driver, pool, repositories, client of Secrets Manager. It contains Java only and fits both
 * architectures. Earlier versions stay, because published versions of functions use them.
 */
public final class DatabaseLayer extends LayerVersion {

    /** From an existing zip. */
    public DatabaseLayer(Construct scope, String id, Path zip) {
        super(
                scope,
                id,
                LayerVersionProps.builder()
                        .description("The libraries behind dev.pglambda.database")
                        .code(Code.fromAsset(zip.toString()))
                        .compatibleRuntimes(List.of(Runtime.JAVA_17, Runtime.JAVA_21, Runtime.JAVA_25))
                        .compatibleArchitectures(List.of(Architecture.ARM_64, Architecture.X86_64))
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build());
    }
}
