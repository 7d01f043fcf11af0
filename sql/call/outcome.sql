-- pglambda_private.outcome(name, reply): one reply, or one entry of a batch's results, in the form of the call
-- contract: an object with a result, or with an error that can be raised. An error without the SQLSTATE of an error
-- becomes 38000, and so does a reply that is neither.
create or replace function pglambda_private.outcome(name text, reply jsonb)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    error constant jsonb := reply -> 'error';
    code text;
    detail text;
begin
    if jsonb_typeof(error) = 'object' then
        code := error ->> 'sqlstate';
        detail := nullif(error ->> 'detail', '');
        if code is null or code !~ '^[0-9A-Z]{5}$' or code ~ '^0[0-2]' then
            detail := concat_ws(
                E'\n', detail, format('The function gave %s as SQLSTATE.', quote_nullable(left(code, 20))));
            code := '38000';
        end if;
        return pglambda_private.error(
            code,
            coalesce(nullif(error ->> 'message', ''), format('function %L gave an error without a message', name)),
            detail, nullif(error ->> 'hint', ''));
    elsif jsonb_typeof(reply) = 'object' and reply ? 'result' then
        return case when error is null then reply else reply - 'error' end;     -- "error": null means no error
    end if;
    return pglambda_private.error(
        '38000', format('function %L did not reply with a result or an error', name),
        format('It replied: %s', coalesce(left(reply::text, 200), 'nothing')),
        'Check that the registry names the right function, and that the function runs a pglambda handler.');
end
$$;
comment on function pglambda_private.outcome(text, jsonb) is 'A reply in the form of the call contract.';
