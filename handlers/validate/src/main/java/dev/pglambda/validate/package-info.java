/** Function {@code validate}: checks one item. Read {@code ValidateHandler} first. */
package dev.pglambda.validate;
