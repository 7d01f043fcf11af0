/**
 * The description of a function, {@code function.json}, and the folder that it stands in.
 *
 * <p>Read {@link dev.pglambda.function.FunctionDescription} first. Everybody who needs to know something of a function
 * reads it here: the local platform, the packaging and the stack. This module depends on a JSON parser and on nothing
 * of ours.
 */
package dev.pglambda.function;
