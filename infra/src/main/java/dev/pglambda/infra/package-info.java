/**
 * The AWS stack: the app that {@code cdk} runs, and its two stacks, with a new cluster or for an existing one.
 *
 * <p>Read {@link dev.pglambda.infra.PglambdaApp} first. The packages {@code network}, {@code database},
 * {@code function} and {@code operations} contain the constructs, for stacks of your own too. Reads zips and
 * function.json from disk; of the other modules it uses only the one that reads function.json. Synthesis needs Node,
 * and neither an AWS account nor a network.
 */
package dev.pglambda.infra;
