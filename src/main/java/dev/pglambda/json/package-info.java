/**
 * JSON as {@code jsonb} has it: every digit is kept, and what PostgreSQL cannot store is found before it is sent. Read
 * {@link dev.pglambda.json.JsonReader} first. Depends on Jackson's core and Micronaut's trees alone.
 */
package dev.pglambda.json;
