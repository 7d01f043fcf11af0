/**
 * The local platform as a whole: what {@code ./run} starts and what tests use.
 *
 * <p>Read {@link dev.pglambda.local.LocalPlatform} first; {@code local.postgres} and {@code local.lambda} are its two
 * halves and know of each other only by {@code InvokeApi}. Nothing here knows a particular handler.
 */
package dev.pglambda.local;
