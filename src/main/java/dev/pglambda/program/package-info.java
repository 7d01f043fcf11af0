/**
 * Programs that callers send along: run under a hard stop, compiled once. Read {@link dev.pglambda.program.ProgramRunner}
 * first. For handlers that evaluate expressions, schemas, templates or queries of their callers.
 */
package dev.pglambda.program;
