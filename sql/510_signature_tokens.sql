-- pglambda_private.signature_tokens(signature): its names, numbers, texts and signs, and the character at which each begins.
-- Names are in lower case unless quoted; names and texts keep their quotes. What is nothing of these is a token of one
-- character, which no rule then takes: so every character is accounted for. Spaces are left out.
-- Callers: private; pglambda_private.signature.
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
comment on function pglambda_private.signature_tokens(text) is 'Private: the tokens of a signature, and where each begins.';
