/**
 * Strict binding: JSON becomes a Java type by Micronaut Serde and Validation, nothing is converted, and all violations are
 * listed at once. Read {@link dev.pglambda.binding.Binder} first, {@link dev.pglambda.binding.StrictDecoder} for what is
 * strict about it.
 */
package dev.pglambda.binding;
