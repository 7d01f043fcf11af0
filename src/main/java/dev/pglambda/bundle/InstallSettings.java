package dev.pglambda.bundle;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of an installation.
 *
 * @param schema the schema of the wrappers; empty for the schema where they are, or {@code public}
 * @param functions functions that get their wrappers although they are not registered yet, because the
 *     {@link SqlBundle.Completion} registers them. Functions without wrappers in the bundle may be named too
 */
public record InstallSettings(Optional<String> schema, List<String> functions) {

    /** The wrappers stay where they are, and only registered functions get theirs. */
    public static final InstallSettings DEFAULTS = new InstallSettings(Optional.empty(), List.of());

    /** Copies the functions. */
    public InstallSettings {
        Objects.requireNonNull(schema);
        functions = List.copyOf(functions);
    }
}
