package dev.pglambda.process;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/**
 * The bundle's table {@code pglambda.processed_items}. Each method is one statement, however many items there are; the items
 * travel as one JSON array of {@code {"id", "value", "attributes", "call_id"}}.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ItemRepository extends GenericRepository<StoredItem, Long> {

    /**
     * Stores the items whose ids are new; of several with the same id, the first. Waits for another session that is
     * storing the same id, and then does not store that id. Stores in the order of ids, so that two batches cannot wait
     * for each other. Returns the ids that were stored.
     */
    @Query(value = """
                    insert into pglambda.processed_items (id, value, attributes, processed_at, call_id)
                    select i.id, i.value, i.attributes, statement_timestamp(), i.call_id
                      from rows from (
                               jsonb_to_recordset(cast(:items as jsonb))
                                   as (id bigint, value text, attributes jsonb, call_id text)) with ordinality i
                     order by i.id, i.ordinality
                        on conflict on constraint processed_items_pkey do nothing
                    returning id""", nativeQuery = true)
    List<Long> storeNew(String items);

    /** For each item, in the order of positions, what is stored under its id. */
    @Query(value = """
                    select i.ordinality as position, p.processed_at,
                           p.value = i.value and p.attributes = i.attributes as same
                      from rows from (
                               jsonb_to_recordset(cast(:items as jsonb))
                                   as (id bigint, value text, attributes jsonb)) with ordinality i
                      join pglambda.processed_items p on p.id = i.id
                     order by i.ordinality""", nativeQuery = true)
    List<StoredItem> find(String items);
}
