/**
 * The AWS stack. {@code PglambdaApp} first; {@code PglambdaStack} brings its own Aurora cluster, {@code
 * ExistingClusterStack} goes to one that is there. {@code PostgresFunction}, {@code DatabaseLayer}, {@code
 * PostgresInvokeRole} and {@code DatabaseEnvironment} are for stacks of your own. Reads zips and function.json from disk
 * and knows no class of the other modules. Synthesis needs Node, and neither an AWS account nor a network.
 */
package dev.pglambda.infra;
