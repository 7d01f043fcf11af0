-- pglambda_private.signature_result(tokens, place, schema): the result that begins there with returns, and the place after it; an
-- object with returns, its SQL text; set, whether it may have many rows; and columns, those of a table, or one
-- without a name, or none for void. Raises 42601, 0A000 and what its parts raise.
-- Callers: private; pglambda_private.signature.
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
            raise feature_not_supported using       -- PostgreSQL takes it for the columns of the type
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
    'Private: the result that begins at a token, and the place after it.';
