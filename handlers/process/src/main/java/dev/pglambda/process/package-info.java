/** Function {@code process}: takes one item and answers with its receipt. Read {@code ProcessHandler} first. */
package dev.pglambda.process;
