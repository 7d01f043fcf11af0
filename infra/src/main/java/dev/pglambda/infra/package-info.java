/**
 * The AWS stack: what {@code cdk} runs, and the two stacks, with a cluster of their own or for an existing one.
 *
 * <p>Read {@link dev.pglambda.infra.PglambdaApp} first. What stacks consist of is in the packages below, for stacks of your own
 * too: {@code network}, {@code database}, {@code function}, {@code operations}. Reads zips and function.json from disk and
 * knows no class of the other modules except those that read function.json. Synthesis needs Node, and neither an AWS
 * account nor a network.
 */
package dev.pglambda.infra;
