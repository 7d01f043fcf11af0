package dev.pglambda.local.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One secret with its versions. A staging label is on one version at a time; a version that has none is found by its id
 * only. Not thread-safe: {@link LocalSecrets} guards it.
 */
final class StoredSecret {

    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    private final NewSecret facts;
    private final String arn;
    private final double created;
    private double changed;
    private final Map<String, SecretVersion> versions = new LinkedHashMap<>();
    /** The version's id of each label. */
    private final Map<String, String> stages = new TreeMap<>();

    StoredSecret(NewSecret facts, String arn, double created) {
        this.facts = facts;
        this.arn = arn;
        this.created = created;
        this.changed = created;
    }

    NewSecret facts() {
        return facts;
    }

    String arn() {
        return arn;
    }

    double created() {
        return created;
    }

    double changed() {
        return changed;
    }

    /**
     * Adds a version and moves labels to it: the current one's by default, and always that for the first version. The same
     * version with the same value again changes nothing.
     */
    void put(SecretVersion version, List<String> labels) {
        SecretVersion present = versions.get(version.id());
        if (present != null) {
            requireSame(present, version);
            return;
        }
        versions.put(version.id(), version);
        changed = version.created();
        if (labels.isEmpty() || versions.size() == 1) {
            move(CURRENT, version.id());
        }
        labels.forEach(label -> move(label, version.id()));
    }

    Optional<SecretVersion> find(String versionId) {
        return Optional.ofNullable(versions.get(versionId));
    }

    /** The version that has this id and this label, as far as they are given; the current one when neither is. */
    SecretVersion version(Optional<String> id, Optional<String> label) {
        if (id.isEmpty()) {
            String wanted = label.orElse(CURRENT);
            return find(stages.getOrDefault(wanted, "")).orElseThrow(() -> noValue("staging label: " + wanted));
        }
        SecretVersion version = find(id.get()).orElseThrow(() -> noValue("VersionId: " + id.get()));
        if (label.isPresent() && !labels(version.id()).contains(label.get())) {
            throw SecretsException.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return version;
    }

    List<String> labels(String versionId) {
        return stages.entrySet().stream()
                .filter(stage -> stage.getValue().equals(versionId))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Versions that have a label, oldest first. */
    Map<String, List<String>> labelsOfVersions() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String id : versions.keySet()) {
            List<String> labels = labels(id);
            if (!labels.isEmpty()) {
                all.put(id, labels);
            }
        }
        return all;
    }

    private void move(String label, String versionId) {
        String last = stages.put(label, versionId);
        if (label.equals(CURRENT) && last != null && !last.equals(versionId)) {
            stages.put(PREVIOUS, last);
        }
    }

    private void requireSame(SecretVersion present, SecretVersion wanted) {
        if (!present.value().equals(wanted.value())) {
            throw SecretsException.exists("A resource with the ID you requested already exists: version " + wanted.id()
                    + " of secret " + facts.name() + " has another value.");
        }
    }

    private static SecretsException noValue(String of) {
        return SecretsException.notFound("Secrets Manager can't find the specified secret value for " + of);
    }
}
