-- pglambda_private.type_words(tokens, place): the type of several words that begins there, such as double precision, or null.
-- Callers: private; pglambda_private.signature_type and pglambda_private.signature_columns.
create or replace function pglambda_private.type_words(tokens text[], place integer)
    returns text
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select substring(
        array_to_string(tokens[place:place + 6], ' '),
        '^(?:double precision'
        '|(?:character|char|bit) varying(?: \( [0-9]+ \))?'
        '|(?:time|timestamp)(?: \( [0-9]+ \))? (?:with|without) time zone)(?= |$)')
$$;
comment on function pglambda_private.type_words(text[], integer) is 'Private: the type of several words that begins at a token.';
