package dev.pglambda.local.secrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The operations of Secrets Manager's API that there are here: from parameters to the members of the reply. */
final class SecretsOperations {

    private final LocalSecrets secrets;
    private final Map<String, Function<SecretsRequest, Map<String, Object>>> operations = new TreeMap<>();

    SecretsOperations(LocalSecrets secrets) {
        this.secrets = secrets;
        operations.put("CreateSecret", this::create);
        operations.put("DeleteSecret", this::delete);
        operations.put("DescribeSecret", this::describe);
        operations.put("GetRandomPassword", request -> Map.of("RandomPassword", RandomPassword.of(request)));
        operations.put("GetSecretValue", this::value);
        operations.put("ListSecretVersionIds", this::versions);
        operations.put("ListSecrets", this::list);
        operations.put("PutSecretValue", this::put);
        operations.put("RotateSecret", this::rotate);
        operations.put("UpdateSecret", this::update);
        operations.put("UpdateSecretVersionStage", this::moveLabel);
    }

    Map<String, Object> perform(String operation, SecretsRequest request) {
        Function<SecretsRequest, Map<String, Object>> known = operations.get(operation);
        if (known == null) {
            throw SecretsException.unknownOperation("There is no " + operation
                    + " here: of Secrets Manager's API there are " + String.join(", ", operations.keySet()) + ".");
        }
        synchronized (secrets) { // the steps of an operation are one
            return known.apply(request);
        }
    }

    private Map<String, Object> create(SecretsRequest request) {
        String name = request.required("Name");
        Optional<SecretVersion> version = request.version(secrets.now());
        StoredSecret secret = secrets.find(name)
                .filter(present -> version.isPresent() && isRetry(present, version.get()))
                .orElseGet(
                        () -> secrets.create(name, request.text("Description").orElse("")));
        version.ifPresent(first -> secret.put(first, List.of()));
        return withVersion(identity(secret), version);
    }

    /** Whether the same request came before, and only its reply got lost. */
    private static boolean isRetry(StoredSecret present, SecretVersion wanted) {
        return present.find(wanted.id())
                .filter(version -> version.value().equals(wanted.value()))
                .isPresent();
    }

    private Map<String, Object> update(SecretsRequest request) {
        StoredSecret secret = secret(request);
        request.text("Description").ifPresent(secret::describe);
        Optional<SecretVersion> version = request.version(secrets.now());
        version.ifPresent(next -> secret.put(next, List.of()));
        return withVersion(identity(secret), version);
    }

    /** At once: there is no recovery window here. */
    private Map<String, Object> delete(SecretsRequest request) {
        StoredSecret secret = secret(request);
        secrets.delete(secret);
        Map<String, Object> reply = identity(secret);
        reply.put("DeletionDate", secrets.now());
        return reply;
    }

    private Map<String, Object> put(SecretsRequest request) {
        StoredSecret secret = secret(request);
        SecretVersion version = request.version(secrets.now())
                .orElseThrow(() -> SecretsException.invalidParameter("You must provide SecretString."));
        secret.put(version, request.texts("VersionStages"));
        Map<String, Object> reply = withVersion(identity(secret), Optional.of(version));
        reply.put("VersionStages", secret.labels(version.id()));
        return reply;
    }

    private Map<String, Object> value(SecretsRequest request) {
        StoredSecret secret = secret(request);
        SecretVersion version = secret.version(request.text("VersionId"), request.text("VersionStage"));
        Map<String, Object> reply = withVersion(identity(secret), Optional.of(version));
        reply.put("SecretString", version.value().orElseThrow());
        reply.put("VersionStages", secret.labels(version.id()));
        reply.put("CreatedDate", version.created());
        return reply;
    }

    private Map<String, Object> moveLabel(SecretsRequest request) {
        StoredSecret secret = secret(request);
        secret.moveLabel(
                request.required("VersionStage"), request.text("RemoveFromVersionId"), request.text("MoveToVersionId"));
        return identity(secret);
    }

    private Map<String, Object> rotate(SecretsRequest request) {
        StoredSecret secret = secret(request);
        RotationSettings settings =
                secret.rotation().with(request.text("RotationLambdaARN"), request.object("RotationRules"));
        if (!settings.isEnabled()) {
            throw SecretsException.invalidRequest("No Lambda rotation function ARN is associated with this secret.");
        }
        Map<String, Object> reply = identity(secret);
        if (!request.flag("RotateImmediately", true)) {
            secret.rotation(settings);
            return reply;
        }
        SecretVersion pending = new SecretVersion(request.token(), Optional.empty(), secrets.now());
        secret.begin(pending);
        secret.rotation(settings);
        secrets.rotation().start(secret, pending.id()).thenRun(() -> rotated(secret));
        return withVersion(reply, Optional.of(pending));
    }

    private void rotated(StoredSecret secret) {
        synchronized (secrets) {
            secret.rotation(secret.rotation().rotatedAt(secrets.now()));
        }
    }

    private Map<String, Object> versions(SecretsRequest request) {
        StoredSecret secret = secret(request);
        List<Object> versions = new ArrayList<>();
        for (SecretVersion version : secret.versions()) {
            List<String> labels = secret.labels(version.id());
            if (!labels.isEmpty() || request.flag("IncludeDeprecated", false)) {
                versions.add(
                        Map.of("VersionId", version.id(), "VersionStages", labels, "CreatedDate", version.created()));
            }
        }
        Map<String, Object> reply = identity(secret);
        reply.put("Versions", versions);
        return reply;
    }

    private Map<String, Object> describe(SecretsRequest request) {
        StoredSecret secret = secret(request);
        Map<String, Object> reply = facts(secret);
        reply.put("VersionIdsToStages", secret.labelsOfVersions());
        return reply;
    }

    /** All in one page. */
    private Map<String, Object> list(SecretsRequest request) {
        List<Object> entries = new ArrayList<>();
        for (StoredSecret secret :
                secrets.all().stream().filter(SecretFilter.of(request)).toList()) {
            Map<String, Object> entry = facts(secret);
            entry.put("SecretVersionsToStages", secret.labelsOfVersions());
            entries.add(entry);
        }
        return Map.of("SecretList", entries);
    }

    private StoredSecret secret(SecretsRequest request) {
        return secrets.get(request.required("SecretId"));
    }

    private static Map<String, Object> facts(StoredSecret secret) {
        Map<String, Object> facts = identity(secret);
        facts.put("Description", secret.description());
        facts.put("CreatedDate", secret.created());
        facts.put("LastChangedDate", secret.changed());
        facts.putAll(secret.rotation().members());
        return facts;
    }

    private static Map<String, Object> identity(StoredSecret secret) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("ARN", secret.arn());
        identity.put("Name", secret.name());
        return identity;
    }

    private static Map<String, Object> withVersion(Map<String, Object> reply, Optional<SecretVersion> version) {
        version.ifPresent(present -> reply.put("VersionId", present.id()));
        return reply;
    }
}
