package dev.pglambda.local.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of Secrets Manager's API that there are here: from parameters to the members of the reply. */
final class SecretsOperations {

    private static final int MAX_RESULTS = 100;
    private static final String NAMES = "CreateSecret, DescribeSecret, GetSecretValue, ListSecrets and PutSecretValue";

    private final LocalSecrets secrets;

    SecretsOperations(LocalSecrets secrets) {
        this.secrets = secrets;
    }

    Map<String, Object> perform(String operation, SecretsRequest request) {
        synchronized (secrets) { // what several steps see and do is one
            return switch (operation) {
                case "CreateSecret" -> create(request);
                case "DescribeSecret" -> describe(request);
                case "GetSecretValue" -> value(request);
                case "ListSecrets" -> list(request);
                case "PutSecretValue" -> put(request);
                default ->
                    throw SecretsException.unknownOperation(
                            "There is no " + operation + " here: of Secrets Manager's API there are " + NAMES + ".");
            };
        }
    }

    private Map<String, Object> create(SecretsRequest request) {
        NewSecret wanted = new NewSecret(
                request.required("Name"), request.text("Description").orElse(""), request.list("Tags"));
        Optional<SecretVersion> version = request.version(secrets.now());
        StoredSecret secret = secrets.find(wanted.name())
                .filter(present -> version.isPresent() && isRetry(present, version.get()))
                .orElseGet(() -> secrets.create(wanted));
        version.ifPresent(first -> secret.put(first, List.of()));
        Map<String, Object> reply = identity(secret);
        version.ifPresent(first -> reply.put("VersionId", first.id()));
        return reply;
    }

    /** Whether the same request came before, and only its reply got lost. */
    private static boolean isRetry(StoredSecret present, SecretVersion wanted) {
        return present.find(wanted.id())
                .filter(version -> version.value().equals(wanted.value()))
                .isPresent();
    }

    private Map<String, Object> put(SecretsRequest request) {
        StoredSecret secret = secrets.get(request.required("SecretId"));
        SecretVersion version = request.version(secrets.now())
                .orElseThrow(() ->
                        SecretsException.invalidParameter("You must provide either SecretString or SecretBinary."));
        secret.put(version, request.texts("VersionStages"));
        Map<String, Object> reply = identity(secret);
        reply.put("VersionId", version.id());
        reply.put("VersionStages", secret.labels(version.id()));
        return reply;
    }

    private Map<String, Object> value(SecretsRequest request) {
        StoredSecret secret = secrets.get(request.required("SecretId"));
        SecretVersion version = secret.version(request.text("VersionId"), request.text("VersionStage"));
        Map<String, Object> reply = identity(secret);
        reply.put("VersionId", version.id());
        reply.put(
                version.value().isText() ? "SecretString" : "SecretBinary",
                version.value().content());
        reply.put("VersionStages", secret.labels(version.id()));
        reply.put("CreatedDate", version.created());
        return reply;
    }

    private Map<String, Object> describe(SecretsRequest request) {
        StoredSecret secret = secrets.get(request.required("SecretId"));
        Map<String, Object> reply = facts(secret);
        reply.put("VersionIdsToStages", secret.labelsOfVersions());
        return reply;
    }

    private Map<String, Object> list(SecretsRequest request) {
        int size = request.number("MaxResults", 1, MAX_RESULTS);
        SecretsFilter filter = SecretsFilter.of(request.list("Filters"));
        List<StoredSecret> found = secrets.after(request.text("NextToken").orElse("")).stream()
                .filter(filter::takes)
                .toList();
        List<StoredSecret> page = found.subList(0, Math.min(size, found.size()));
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("SecretList", page.stream().map(SecretsOperations::listed).toList());
        if (page.size() < found.size()) {
            reply.put("NextToken", page.get(size - 1).facts().name());
        }
        return reply;
    }

    private static Map<String, Object> listed(StoredSecret secret) {
        Map<String, Object> entry = facts(secret);
        entry.put("SecretVersionsToStages", secret.labelsOfVersions());
        return entry;
    }

    private static Map<String, Object> facts(StoredSecret secret) {
        Map<String, Object> facts = identity(secret);
        if (!secret.facts().description().isEmpty()) {
            facts.put("Description", secret.facts().description());
        }
        facts.put("CreatedDate", secret.created());
        facts.put("LastChangedDate", secret.changed());
        facts.put("Tags", secret.facts().tags());
        return facts;
    }

    private static Map<String, Object> identity(StoredSecret secret) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("ARN", secret.arn());
        identity.put("Name", secret.facts().name());
        return identity;
    }
}
