/**
 * What stands in the library's own package: an evaluation that ends at a deadline and loses no digit, which can be made by
 * overriding the library's from here only. Read {@link com.dashjoin.jsonata.GuardedExpression} first. Depends on the library
 * and on the pace of {@code dev.pglambda.handler}; function {@code transform} depends on it, never the other way round.
 */
package com.dashjoin.jsonata;
