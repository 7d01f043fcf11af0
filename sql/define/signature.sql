-- A whole signature, such as price(order_id bigint, total numeric) returns numeric.

-- pglambda_private.signature_result(tokens, place, schema): the result that begins there with "returns", and the place
-- after it: an object with returns, the SQL text; set, whether there may be many rows; and columns: the columns of a
-- table, or one column without a name, or none for void.
-- Raises 42601, 42P13 and what its parts raise.
create or replace function pglambda_private.signature_result(
    tokens text[], place integer, schema name, out result jsonb, out next integer
)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    several constant boolean := coalesce(tokens[place + 1] = 'setof', false);
    columns jsonb;
    type text;
begin
    if tokens[place] is distinct from 'returns' then
        raise syntax_error using message = 'returns', column = place::text;
    elsif tokens[place + 1] = 'void' then
        result := '{"returns": "void", "set": false, "columns": []}';
        next := place + 2;
    elsif tokens[place + 1] = 'table' then
        select c.columns, c.next into columns, next
          from pglambda_private.signature_columns(tokens, place + 2, schema, 'column') c;
        if jsonb_array_length(columns) = 1 and exists (
               select from pg_type t
                 left join pg_type base on base.oid = t.typbasetype
                where t.oid = to_regtype(columns #>> '{0,type}') and 'c' in (t.typtype, base.typtype)) then
            raise invalid_function_definition using     -- PostgreSQL would take it for the columns of the type
                message = format('a table''s only column cannot have the composite type %s', columns #>> '{0,type}'),
                column = (place + 1)::text, hint = format('Write: returns setof %s', columns #>> '{0,type}');
        end if;
        type := (select string_agg(format('%I %s', c.col ->> 'name', c.col ->> 'type'), ', ' order by c.place)
                   from jsonb_array_elements(columns) with ordinality c (col, place));
        result := jsonb_build_object('returns', format('table (%s)', type), 'set', true, 'columns', columns);
    else
        select t.type, t.next into type, next
          from pglambda_private.signature_type(tokens, place + 1 + several::integer, schema) t;
        result := jsonb_build_object(
            'returns', case when several then 'setof ' else '' end || type, 'set', several,
            'columns', jsonb_build_array(jsonb_build_object('name', null, 'type', type)));
    end if;
end
$$;
comment on function pglambda_private.signature_result(text[], integer, name) is
    'The result that begins at a token, and the place after it.';

-- pglambda_private.signature(signature, complete): an object with schema, name, arguments and, when the signature is to
-- be complete, the members of pglambda_private.signature_result. All SQL text in it is rebuilt from quoted names.
-- Raises 42601 with the token, its position and an example; 42704, 42622, 42501 and 42P13 with the position.
-- Callers: pglambda.define, pglambda.undefine.
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
    parsed := jsonb_build_object('schema', pglambda_private.install_schema(),
                                 'name', pglambda_private.signature_name(tokens, 1, 'a name'));
    if tokens[2] = '.' then
        place := 4;
        parsed := jsonb_build_object('schema', parsed ->> 'name',
                                     'name', pglambda_private.signature_name(tokens, 3, 'a name'));
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
            message := format('the signature %s where %s is expected',
                              coalesce('has ' || tokens[wrong::integer], 'ends'), message);
        end if;
        raise exception using
            errcode = sqlstate, message = message,
            detail = concat_ws(E'\n', format('Character %s of: %s', coalesce(
                positions[wrong::integer], length(signature) + 1), signature), nullif(detail, '')),
            hint = coalesce(nullif(hint, ''), 'For example: price(order_id bigint, total numeric) returns numeric');
end
$$;
comment on function pglambda_private.signature(text, boolean) is 'The parts of a signature, checked.';
