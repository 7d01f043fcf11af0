-- lambda.result(name, reply): the result in one reply or one entry of a batch's results.
-- Raises the reply's error as it is; 38000 when its SQLSTATE is none or not an error's, and when the reply has neither.
-- Callers: private; every form of synchronous call.
create or replace function lambda.result(name text, reply jsonb)
    returns jsonb
    language plpgsql
    immutable
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
            detail := concat_ws(E'\n', detail, format('The function gave %s as SQLSTATE.', quote_nullable(left(code, 20))));
            code := '38000';
        end if;
        perform lambda.raise_error(
            code, coalesce(nullif(error ->> 'message', ''), format('function %L gave an error without a message', name)),
            detail, nullif(error ->> 'hint', ''));
    elsif jsonb_typeof(reply) = 'object' and reply ? 'result' then
        return reply -> 'result';
    end if;
    perform lambda.raise_error(
        '38000', format('function %L did not reply with a result or an error', name),
        format('It replied: %s', coalesce(left(reply::text, 200), 'nothing')),
        'Does the registry name the right function, and does it run a pglambda handler?');
end
$$;
comment on function lambda.result(text, jsonb) is 'Private: the result in a reply, or its error raised.';
