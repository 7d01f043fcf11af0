-- How the items of a batch are divided into calls.

-- pglambda_private.batch_room(target, call_id, options): how many bytes of items one request has room for, commas
-- included. Less than 1 when the options alone are too large.
create or replace function pglambda_private.batch_room(target pglambda.functions, call_id text, options jsonb)
    returns integer
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select pglambda_private.max_bytes() - 100         -- for what calls append to the id
           - octet_length(pglambda_private.request(target, call_id, 900000, 'batch', '[]', options, null)::text)
$$;
comment on function pglambda_private.batch_room(pglambda.functions, text, jsonb) is
    'How many bytes of items one request has room for.';

-- pglambda_private.chunk_end(sizes, start, max_items, max_bytes): the place of the last item of the chunk that begins
-- at start. sizes has the bytes of every item, null for an item that is not sent. A chunk has at least one item, even
-- if that item is larger than max_bytes: the call then finds out whether it is too large.
create or replace function pglambda_private.chunk_end(
    sizes integer[], start integer, max_items integer, max_bytes integer
)
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
    'The place of the last item of the chunk that begins at start.';
