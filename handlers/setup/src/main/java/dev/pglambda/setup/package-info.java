/**
 * Function {@code setup}: installs the bundle for CloudFormation or for a person, and registers functions in it. Read
 * {@code SetupHandler} first; docs/setup.md says what it takes.
 */
package dev.pglambda.setup;
