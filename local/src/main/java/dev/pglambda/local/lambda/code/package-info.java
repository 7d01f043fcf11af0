/**
 * The code of functions as files: zips and layers, unpacked as Lambda does it, and again after each build.
 *
 * <p>Read {@link dev.pglambda.local.lambda.code.ZipFunction} first, then {@link
 * dev.pglambda.local.lambda.code.DeployedCode}.
 */
package dev.pglambda.local.lambda.code;
