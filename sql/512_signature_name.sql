-- pglambda_private.signature_name(tokens, place, wanted): the name that a token is, without its quotes.
-- Raises 42601 when it is none and 42622 when PostgreSQL would cut it short; COLUMN is the token's place, from which
-- pglambda_private.signature makes the position, and wanted says what should have been there.
-- Callers: private; the parts of pglambda_private.signature.
create or replace function pglambda_private.signature_name(tokens text[], place integer, wanted text)
    returns text
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    token constant text := tokens[place];
    name constant text := case
        when token ~ '^".+"$' then replace(substr(token, 2, length(token) - 2), '""', '"')
        when token ~ '^([a-z_]|[^\x01-\x7f])' then token
    end;
begin
    if name is null or name = '' then
        raise syntax_error using message = wanted, column = place::text;
    elsif octet_length(name) > 63 then
        raise name_too_long using
            message = format('the name %I has %s bytes, and PostgreSQL takes 63', name, octet_length(name)),
            column = place::text;
    end if;
    return name;
end
$$;
comment on function pglambda_private.signature_name(text[], integer, text) is 'Private: the name that a token is.';
