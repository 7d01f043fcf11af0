-- pglambda_private.signature(signature, complete): what it says, as an object with schema, name, arguments and, when it is to be
-- complete, what pglambda_private.signature_result gives. Nothing of it is SQL that was not taken apart and quoted.
-- Raises 42601 with the token, its position and an example; 42704, 42622, 42501 and 0A000 with the position.
-- Callers: private; pglambda.define and pglambda.undefine.
create or replace function pglambda_private.signature(signature text, complete boolean)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    tokens text[];
    positions integer[];
    place integer := 2;
    parsed jsonb;
    part jsonb;
    wrong text;
    message text;
    detail text;
    hint text;
begin
    select t.tokens, t.positions into tokens, positions from pglambda_private.signature_tokens(signature) t;
    parsed := jsonb_build_object('schema', pglambda.install_schema(), 'name', pglambda_private.signature_name(tokens, 1, 'a name'));
    if tokens[2] = '.' then
        place := 4;
        parsed := jsonb_build_object('schema', parsed ->> 'name', 'name', pglambda_private.signature_name(tokens, 3, 'a name'));
    end if;
    if complete or place <= cardinality(tokens) then
        select c.columns, c.next into part, place
          from pglambda_private.signature_columns(
                   tokens, place, parsed ->> 'schema', case when complete then 'argument' else 'type' end) c;
        parsed := parsed || jsonb_build_object('arguments', part);
    end if;
    if complete or place <= cardinality(tokens) then
        select parsed || r.result, r.next into parsed, place
          from pglambda_private.signature_result(tokens, place, parsed ->> 'schema') r;
    end if;
    if place <= cardinality(tokens) then
        raise syntax_error using message = 'the end', column = place::text;
    end if;
    return parsed;
exception
    when others then
        get stacked diagnostics wrong = column_name, message = message_text, detail = pg_exception_detail,
                                hint = pg_exception_hint;
        if wrong = '' then
            raise;                      -- PostgreSQL's own
        elsif sqlstate = '42601' then
            message := format('the signature %s where %s belongs',
                              coalesce('has ' || tokens[wrong::integer], 'ends'), message);
        end if;
        raise exception using
            errcode = sqlstate, message = message,
            detail = concat_ws(E'\n', format('Character %s of: %s', coalesce(
                positions[wrong::integer], length(signature) + 1), signature), nullif(detail, '')),
            hint = coalesce(nullif(hint, ''), 'The right form: price(order_id bigint, total numeric) returns numeric');
end
$$;
comment on function pglambda_private.signature(text, boolean) is 'Private: what a signature says, taken apart and checked.';
