package dev.pglambda.local.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One secret with its versions. A staging label is on one version at a time; a version without a label is found by its
 * id only. Not thread-safe: {@link LocalSecrets} guards it.
 */
final class StoredSecret {

    static final String CURRENT = "AWSCURRENT";
    static final String PENDING = "AWSPENDING";
    private static final String PREVIOUS = "AWSPREVIOUS";

    private final String name;
    private final String arn;
    private final double created;
    private String description = "";
    private double changed;
    private RotationSettings rotation = RotationSettings.NONE;
    private final Map<String, SecretVersion> versions = new LinkedHashMap<>();
    /** The id of each label's version. */
    private final Map<String, String> stages = new TreeMap<>();

    StoredSecret(String name, String arn, double created) {
        this.name = name;
        this.arn = arn;
        this.created = created;
        this.changed = created;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    void describe(String text) {
        description = text;
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

    RotationSettings rotation() {
        return rotation;
    }

    void rotation(RotationSettings settings) {
        rotation = settings;
    }

    /**
     * Adds a version, or the value of a pending one, and moves labels to it: the current one's by default, and always
     * that for the first version. The same version with the same value again changes nothing.
     */
    void put(SecretVersion version, List<String> labels) {
        SecretVersion present = versions.get(version.id());
        if (present != null && present.value().isPresent()) {
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

    /** Begins a rotation: its function is to fill this version. */
    void begin(SecretVersion pending) {
        if (!stages.containsKey(CURRENT)) {
            throw SecretsException.invalidRequest("You can't rotate a secret that has no value.");
        }
        String last = stages.get(PENDING);
        if (last != null && !last.equals(stages.get(CURRENT))) {
            throw SecretsException.invalidRequest(
                    "A previous rotation isn't complete. That rotation will be reattempted.");
        }
        if (versions.putIfAbsent(pending.id(), pending) != null) {
            throw SecretsException.exists("The secret has already a version " + pending.id() + ".");
        }
        stages.put(PENDING, pending.id());
    }

    /** Moves a label from one version to another. Each may be absent; the version that has the label must be named. */
    void moveLabel(String label, Optional<String> from, Optional<String> to) {
        from.ifPresent(this::byId);
        to.ifPresent(this::byId);
        String holder = stages.get(label);
        if (holder != null
                && !holder.equals(to.orElse(""))
                && !Optional.of(holder).equals(from)) {
            throw SecretsException.invalidParameter("The parameter RemoveFromVersionId can't be empty. Staging label "
                    + label + " is currently attached to version " + holder
                    + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (to.isPresent()) {
            move(label, to.get());
        } else if (label.equals(CURRENT)) {
            throw SecretsException.invalidParameter("You can only move staging label AWSCURRENT, not remove it.");
        } else {
            stages.remove(label);
        }
    }

    Optional<SecretVersion> find(String versionId) {
        return Optional.ofNullable(versions.get(versionId));
    }

    /**
     * The version with this id and this label, each if given; the current one if neither is. It has a value.
     */
    SecretVersion version(Optional<String> id, Optional<String> label) {
        String wanted = label.orElse(CURRENT);
        SecretVersion version = id.isPresent()
                ? byId(id.get())
                : find(stages.getOrDefault(wanted, "")).orElseThrow(() -> noValue("staging label: " + wanted));
        if (label.isPresent() && !labels(version.id()).contains(label.get())) {
            throw SecretsException.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        version.value().orElseThrow(() -> noValue("VersionId: " + version.id()));
        return version;
    }

    private SecretVersion byId(String id) {
        return find(id).orElseThrow(() -> noValue("VersionId: " + id));
    }

    List<String> labels(String versionId) {
        return stages.entrySet().stream()
                .filter(stage -> stage.getValue().equals(versionId))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Oldest first. */
    List<SecretVersion> versions() {
        return List.copyOf(versions.values());
    }

    /** Of the versions that have a label, oldest first. */
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
                    + " of secret " + name + " has another value.");
        }
    }

    private static SecretsException noValue(String of) {
        return SecretsException.notFound("Secrets Manager can't find the specified secret value for " + of);
    }
}
