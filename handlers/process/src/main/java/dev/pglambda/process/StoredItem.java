package dev.pglambda.process;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * What is stored under the id of an item that was sent.
 *
 * @param position of the item among those sent, from 1
 * @param processedAt when the id was first processed
 * @param same whether the stored item has the same content
 */
@Introspected
record StoredItem(long position, Instant processedAt, boolean same) {}
