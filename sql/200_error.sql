-- pglambda_private.error(code, message, detail, hint): a reply that says an error, as in the call contract. Nulls are left out.
-- Errors are values until pglambda.invoke raises them: so CONTEXT names what was called, and a batch can list them.
-- Callers: private; whatever finds that a call fails.
create or replace function pglambda_private.error(code text, message text, detail text, hint text)
    returns jsonb
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('error', jsonb_strip_nulls(jsonb_build_object(
        'sqlstate', code, 'message', message, 'detail', detail, 'hint', hint)))
$$;
comment on function pglambda_private.error(text, text, text, text) is 'Private: a reply that says an error.';
