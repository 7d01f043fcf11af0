package dev.pglambda.infra;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** What {@code cdk} runs, in the folder {@code infra}: reads the context, and makes the one stack that it asks for. */
public final class PglambdaApp {

    /** CDK's feature flags, the same for the command line and for tests. */
    static final Map<String, Object> FLAGS = Map.of(
            // A new layer is a new version of the functions that have it.
            "@aws-cdk/aws-lambda:recognizeLayerVersion", true,
            "@aws-cdk/aws-iam:minimizePolicies", true,
            "@aws-cdk/core:validateAgainstDefaultRules", true,
            "aws:cdk:disable-version-reporting", true);

    private PglambdaApp() {}

    /** Synthesizes into the folder that {@code cdk} names. */
    public static void main(String[] arguments) {
        App app = new App(AppProps.builder().context(FLAGS).build());
        try {
            addStack(app, Artifacts.of(Path.of("..")));
        } catch (IllegalArgumentException e) {
            System.err.println("pglambda: " + e.getMessage());
            System.exit(1);
        }
        app.synth();
    }

    static void addStack(App app, Artifacts artifacts) {
        ContextReader context = new ContextReader(
                name -> Optional.ofNullable(app.getNode().tryGetContext(name)).map(String::valueOf));
        Deployment deployment = new Deployment(artifacts, context.settings());
        String id = deployment.settings().functions().prefix();
        requireCertificates(deployment.settings());
        context.existing()
                .ifPresentOrElse(
                        existing -> new ExistingDatabaseStack(app, id, deployment, existing),
                        () -> new PglambdaStack(app, id, deployment));
    }

    /** The command line says which region it deploys to; synthesis by itself has none. */
    private static void requireCertificates(StackSettings settings) {
        requireCertificates(Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION")), settings);
    }

    /** The database layer knows the authorities of RDS in AWS's commercial regions only. */
    static void requireCertificates(Optional<String> region, StackSettings settings) {
        if (region.filter(name -> name.matches("(cn|us-gov|us-iso.*|eu-isoe)-.*"))
                        .isPresent()
                && settings.sslRootCert().isEmpty()) {
            throw new IllegalArgumentException("in " + region.get() + " RDS has certificate authorities of its own, and"
                    + " functions would refuse its server: download the PEM file that AWS publishes for this region,"
                    + " and name it: -c sslRootCert=<file>");
        }
    }
}
