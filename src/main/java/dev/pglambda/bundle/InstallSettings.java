package dev.pglambda.bundle;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an installation is told.
 *
 * @param schema where the wrappers go; empty for the schema where they are, or {@code public}
 * @param functions functions that get their wrappers although they are not registered yet, because the
 *     {@link SqlBundle.Completion} registers them. A function that the bundle has no wrappers for is fine
 */
public record InstallSettings(Optional<String> schema, List<String> functions) {

    /** The wrappers stay where they are, and only registered functions get theirs. */
    public static final InstallSettings DEFAULTS = new InstallSettings(Optional.empty(), List.of());

    /** Takes a copy of the functions. */
    public InstallSettings {
        Objects.requireNonNull(schema);
        functions = List.copyOf(functions);
    }
}
