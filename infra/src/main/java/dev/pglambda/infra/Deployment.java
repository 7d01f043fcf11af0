package dev.pglambda.infra;

import java.util.Objects;

/** What is deployed, and how. */
public record Deployment(Artifacts artifacts, StackSettings settings) {

    public Deployment {
        Objects.requireNonNull(artifacts);
        Objects.requireNonNull(settings);
    }
}
