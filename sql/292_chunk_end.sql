-- pglambda_private.chunk_end(sizes, start, max_items, max_bytes): the place of the last item of the chunk that begins at start.
-- sizes has the bytes of every item, null for one that is not sent and so counts for nothing. A chunk has an item at
-- least, also when that is larger than max_bytes: whoever sends it finds out whether it is too large.
-- Callers: private; pglambda_private.batch_rows.
create or replace function pglambda_private.chunk_end(sizes integer[], start integer, max_items integer, max_bytes integer)
    returns integer
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    items integer := 0;
    bytes bigint := 0;
begin
    for place in start .. cardinality(sizes) loop
        if sizes[place] is not null then
            items := items + 1;
            bytes := bytes + sizes[place];
            if items > max_items or (bytes > max_bytes and items > 1) then
                return place - 1;
            end if;
        end if;
    end loop;
    return cardinality(sizes);
end
$$;
comment on function pglambda_private.chunk_end(integer[], integer, integer, integer) is
    'Private: the place of the last item of the chunk that begins at start.';
