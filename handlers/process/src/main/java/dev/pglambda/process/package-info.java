/** Function {@code process}: stores one item and returns its receipt. Read {@code ProcessHandler} first. */
package dev.pglambda.process;
