package dev.pglambda.local.lambda;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What all functions of one {@link LocalLambda} share. */
record Machinery(
        LambdaSettings settings,
        PlatformJars jars,
        ExecutorService executor,
        ScheduledExecutorService timer,
        OutputPump pump) {}
