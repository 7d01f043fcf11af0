-- The tokens of a signature. The parts of pglambda_private.signature raise errors with the number of a token as COLUMN
-- and with what is expected there as MESSAGE; pglambda_private.signature makes position and message of them.

-- pglambda_private.signature_tokens(signature): its names, numbers, strings and signs, and the character at which each
-- one begins. Names are in lower case unless quoted; names and strings keep their quotes. Any other character is a
-- token of its own, which no rule accepts: so no character is passed over. Spaces are left out.
create or replace function pglambda_private.signature_tokens(signature text, out tokens text[], out positions integer[])
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(case when t.token ~ '^["'']' then t.token else lower(t.token collate "C") end
                              order by t.place), '{}'),
           coalesce(array_agg(t.position order by t.place), '{}')
      from (
          select m.found[1] as token, m.place,
                 (sum(length(m.found[1])) over (order by m.place) - length(m.found[1]) + 1)::integer as position
            from regexp_matches(
                     signature,
                     '([ \t\n\r\f\v]+|"(?:[^"]|"")*"|''(?:[^'']|'''')*'''
                     '|(?:[A-Za-z_]|[^\x01-\x7f])(?:[A-Za-z0-9_$]|[^\x01-\x7f])*'
                     '|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|.)',
                     'g') with ordinality m (found, place)
      ) as t
     where t.token !~ '^[ \t\n\r\f\v]'
$$;
comment on function pglambda_private.signature_tokens(text) is 'The tokens of a signature, and where each one begins.';

-- pglambda_private.signature_name(tokens, place, wanted): the name that a token is, without its quotes. wanted says
-- what is expected there. Raises 42601 for another token, 42622 for a name that PostgreSQL would cut short.
create or replace function pglambda_private.signature_name(tokens text[], place integer, wanted text)
    returns text
    language plpgsql
    stable
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
comment on function pglambda_private.signature_name(text[], integer, text) is 'The name that a token is.';

-- pglambda_private.type_words(tokens, place): the type of several words that begins there, such as double precision, or
-- null.
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
comment on function pglambda_private.type_words(text[], integer) is 'The type of several words that begins at a token.';
