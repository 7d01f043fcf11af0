package dev.pglambda.infra;

/** What is deployed, and how. */
public record Deployment(Artifacts artifacts, StackSettings settings) {}
