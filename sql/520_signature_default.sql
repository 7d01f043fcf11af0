-- pglambda_private.signature_default(tokens, place): the default that begins there, as an SQL literal, and the place after it.
-- Only a number, a text, true, false and null: an expression would have to be understood to be safe.
-- Raises 42601 for anything else. Callers: private; pglambda_private.signature_columns.
create or replace function pglambda_private.signature_default(tokens text[], place integer, out literal text, out next integer)
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    token constant text := tokens[place];
begin
    next := place + 1;
    if token = 'null' then
        literal := 'null';
    elsif token in ('true', 'false') or token ~ '^[0-9]' then
        literal := quote_literal(token);
    elsif token ~ '^''.*''$' then
        literal := quote_literal(replace(substr(token, 2, length(token) - 2), '''''', ''''));
    elsif token = '-' and tokens[next] ~ '^[0-9]' then
        literal := quote_literal('-' || tokens[next]);
        next := place + 2;
    else
        raise syntax_error using message = 'a number, a text, true, false or null', column = place::text;
    end if;
end
$$;
comment on function pglambda_private.signature_default(text[], integer) is
    'Private: the default that begins at a token, and the place after it.';
