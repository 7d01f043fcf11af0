/**
 * The local platform as a whole: what {@code ./run} starts and what tests use.
 *
 * <p>Read {@link dev.pglambda.local.LocalPlatform} first; {@code local.postgres} and {@code local.lambda} are its two
 * halves and depend on each other only through {@code InvokeApi}. Nothing here depends on a particular function.
 */
package dev.pglambda.local;
