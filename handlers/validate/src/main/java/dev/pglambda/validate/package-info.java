/** Function {@code validate}: tells what is wrong with one item. Read {@code ValidateHandler} first. */
package dev.pglambda.validate;
