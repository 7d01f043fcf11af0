/**
 * The description of a function, {@code function.json}, and the folder that it stands in.
 *
 * <p>Read {@link dev.pglambda.function.FunctionDescription} first. The local platform, the
 * packaging and the stack read functions here. This module depends on a JSON parser and on no other module.
 */
package dev.pglambda.function;
