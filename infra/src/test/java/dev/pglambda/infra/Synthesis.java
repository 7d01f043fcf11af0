package dev.pglambda.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;

/**
 * Every variant of the stack, synthesized once for all tests, in one CDK app and so with one start of Node. With the
 * real function.json files, and with zips that never change.
 */
public final class Synthesis {

    public static final Path HANDLERS = Path.of("../handlers");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Synthesis shared;

    private final Map<String, SynthesizedTemplate> templates = new TreeMap<>();
    private final Map<String, List<String>> findings = new TreeMap<>();
    private final Map<String, Path> files = new TreeMap<>();

    /** The variants' names: those of the stacks. */
    public static final String NEW = "new-cluster";

    /** Every option that has a number or a switch, with another value. */
    public static final String LARGE = "large";
    /** Login by IAM. */
    public static final String TOKENS = "new-cluster-iam";
    /** RDS for PostgreSQL. */
    public static final String INSTANCE = "new-instance";

    public static final String EXISTING = "existing-cluster";
    /** With the endpoints that were asked for. */
    public static final String EXISTING_ENDPOINTS = "existing-cluster-with-endpoints";
    /** RDS for PostgreSQL, with login by IAM. */
    public static final String EXISTING_INSTANCE = "existing-instance-iam";

    public static final List<String> VARIANTS =
            List.of(NEW, LARGE, TOKENS, INSTANCE, EXISTING, EXISTING_ENDPOINTS, EXISTING_INSTANCE);

    /** Those whose users have passwords. */
    public static final List<String> WITH_SECRETS = List.of(NEW, LARGE, INSTANCE, EXISTING, EXISTING_ENDPOINTS);

    public static final List<String> WITH_TOKENS = List.of(TOKENS, EXISTING_INSTANCE);

    /** Those with a server of their own. */
    public static final List<String> OWN = List.of(NEW, LARGE, TOKENS, INSTANCE);

    /** Those in a VPC of somebody else. */
    public static final List<String> FOREIGN = List.of(EXISTING, EXISTING_ENDPOINTS, EXISTING_INSTANCE);

    private final Artifacts artifacts;

    private Synthesis() throws IOException {
        Path folder = Files.createTempDirectory("pglambda-infra");
        this.artifacts = Artifacts.of(project(folder.resolve("project")));
        Path output = folder.resolve("cdk.out");
        App app = new App(AppProps.builder()
                .context(PglambdaApp.FLAGS)
                .outdir(output.toString())
                .build());
        List<Stack> stacks = new ArrayList<>();
        stacks.add(new PglambdaStack(app, NEW, deployment(artifacts, Map.of())));
        stacks.add(new PglambdaStack(app, LARGE, deployment(artifacts, LARGE_CONTEXT)));
        stacks.add(new PglambdaStack(app, TOKENS, deployment(artifacts, Map.of("login", "iam"))));
        stacks.add(new PglambdaStack(app, INSTANCE, deployment(artifacts, Map.of("server", "instance"))));
        stacks.add(existing(app, EXISTING, artifacts, EXISTING_CONTEXT));
        Map<String, String> endpoints = new TreeMap<>(EXISTING_CONTEXT);
        endpoints.put("existingEndpoints", "lambda,secretsmanager");
        stacks.add(existing(app, EXISTING_ENDPOINTS, artifacts, endpoints));
        stacks.add(existing(app, EXISTING_INSTANCE, artifacts, EXISTING_INSTANCE_CONTEXT));
        Aspects.of(app).add(new AwsSolutionsChecks());
        app.synth();
        for (Stack stack : stacks) {
            Path template = output.resolve(stack.getStackName() + ".template.json");
            files.put(stack.getStackName(), template);
            templates.put(stack.getStackName(), new SynthesizedTemplate(JSON.readTree(template.toFile())));
            findings.put(stack.getStackName(), findings(output, stack.getStackName()));
        }
    }

    public static final Map<String, String> LARGE_CONTEXT = Map.ofEntries(
            Map.entry("prefix", "shop"),
            Map.entry("architecture", "x86_64"),
            Map.entry("proxy", "true"),
            Map.entry("sslRootCert", "src/test/resources/dev/pglambda/infra/authority.pem"),
            Map.entry("engineVersion", "16.10"),
            Map.entry("outboxMinutes", "30"),
            Map.entry("readers", "2"),
            Map.entry("protect", "false"),
            Map.entry("dataApi", "true"),
            Map.entry("maxCapacity", "64"),
            Map.entry("requestTimeoutMs", "20000"),
            Map.entry("reservedConcurrency", "100"),
            Map.entry("alarmEmail", "ops@example.com"));

    public static final Map<String, String> EXISTING_INSTANCE_CONTEXT = Map.of(
            "login", "iam",
            "existingInstance", "orders",
            "existingHost", "orders.abc.eu-west-1.rds.amazonaws.com",
            "existingSecurityGroup", "sg-0123456789abcdef0",
            "existingAdministrator", "dba",
            "existingResourceId", "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "existingVpc", "vpc-0123456789abcdef0",
            "existingSubnets", "subnet-0aaaaaaaaaaaaaaaa, subnet-0bbbbbbbbbbbbbbbb",
            "existingAvailabilityZones", "eu-west-1a, eu-west-1b",
            "databaseName", "orders");

    public static final Map<String, String> EXISTING_CONTEXT = Map.of(
            "existingCluster", "orders",
            "existingHost", "orders.cluster-abc.eu-west-1.rds.amazonaws.com",
            "existingSecurityGroup", "sg-0123456789abcdef0",
            "existingSecretArn", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-orders-AbCdEf",
            "existingVpc", "vpc-0123456789abcdef0",
            "existingSubnets", "subnet-0aaaaaaaaaaaaaaaa, subnet-0bbbbbbbbbbbbbbbb",
            "existingAvailabilityZones", "eu-west-1a, eu-west-1b",
            "databaseName", "orders");

    /** Makes them all at the first call. */
    public static synchronized Synthesis shared() {
        try {
            if (shared == null) {
                shared = new Synthesis();
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Artifacts artifacts() {
        return artifacts;
    }

    public static SynthesizedTemplate template(String variant) {
        return shared().templates.get(variant);
    }

    /** The template's file. */
    public static Path file(String variant) {
        return shared().files.get(variant);
    }

    /** Findings of cdk-nag without an explanation. */
    public static List<String> unexplained(String variant) {
        return shared().findings.get(variant);
    }

    public static ContextReader reader(Map<String, String> context) {
        return new ContextReader(name -> Optional.ofNullable(context.get(name)));
    }

    /** A folder as this project's, with empty zips. */
    public static Path project(Path folder) throws IOException {
        try (Stream<Path> handlers = Files.list(HANDLERS)) {
            for (Path description : handlers.map(handler -> handler.resolve("function.json"))
                    .filter(Files::exists)
                    .toList()) {
                String name = description.getParent().getFileName().toString();
                Path handler =
                        Files.createDirectories(folder.resolve("handlers").resolve(name));
                Files.copy(description, handler.resolve("function.json"));
                placeholder(handler.resolve("target/" + name + ".zip"));
            }
        }
        placeholder(folder.resolve("target/src/database-layer.zip"));
        return folder;
    }

    private static void placeholder(Path zip) throws IOException {
        Files.createDirectories(zip.getParent());
        Files.writeString(zip, "in place of " + zip.getFileName());
    }

    private static Deployment deployment(Artifacts artifacts, Map<String, String> context) {
        return new Deployment(artifacts, reader(context).settings());
    }

    private static Stack existing(App app, String id, Artifacts artifacts, Map<String, String> context) {
        return new ExistingDatabaseStack(
                app,
                id,
                deployment(artifacts, context),
                reader(context).existing().orElseThrow());
    }

    /** Errors and warnings as CDK passes them to its command line. */
    private static List<String> findings(Path output, String stack) throws IOException {
        List<String> findings = new ArrayList<>();
        JsonNode metadata =
                JSON.readTree(output.resolve(stack + ".metadata.json").toFile());
        metadata.properties().forEach(construct -> construct.getValue().forEach(entry -> {
            if (entry.get("type").asText().matches("aws:cdk:(error|warning)")) {
                findings.add(construct.getKey() + ": " + entry.get("data").asText());
            }
        }));
        return findings;
    }

    /** In front of the names of this variant's functions. */
    public static String prefix(String variant) {
        return variant.equals(LARGE) ? "shop" : "pglambda";
    }
}
