/**
 * The Maven plugin {@code pglambda}: {@link dev.pglambda.maven.ZipMojo} packages a function, {@link
 * dev.pglambda.maven.RunMojo} runs the functions of a project on the local platform, {@link dev.pglambda.maven.NewMojo}
 * adds a function to a project.
 */
package dev.pglambda.maven;
