-- Checks of the registered functions: asks Lambda about them, and says what to do about the answer.

-- pglambda_private.dry_run(target, qualifier): asks Lambda whether it would accept a call; the function does not run.
-- Gives nulls when it would, or the words of aws_lambda and their cause. Waits two seconds at most where a session may
-- say so, or less when the setting says less; elsewhere, as long as the server's setting says.
create or replace function pglambda_private.dry_run(
    target pglambda.functions, qualifier text, out words text, out cause text
)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    setting constant text := coalesce(current_setting('aws_lambda.request_timeout_ms', true), '');
    shorter constant text := least(2000, pglambda_private.timeout_ms(null))::text;
    is_set boolean := false;
    state text;
    message text;
    detail text;
    hint text;
begin
    begin
        perform set_config('aws_lambda.request_timeout_ms', shorter, true);
        is_set := true;
    exception
        when others then
            null;       -- no document says which servers allow it, and with what error the others refuse
    end;
    begin
        perform from aws_lambda.invoke(
                         target.arn, '{}'::json, target.region, 'DryRun', 'None', null::json, qualifier);
    exception
        when others then
            get stacked diagnostics
                state = returned_sqlstate, message = message_text, detail = pg_exception_detail,
                hint = pg_exception_hint;
            words := concat_ws(': ', message, nullif(detail, ''), nullif(hint, ''));
            cause := pglambda_private.cause(state, message, detail, hint);
    end;
    if is_set then
        perform set_config('aws_lambda.request_timeout_ms', setting, true);
    end if;
end
$$;
comment on function pglambda_private.dry_run(pglambda.functions, text) is
    'Why Lambda would not accept a call, or nulls.';

-- pglambda_private.check_function(target): whether Lambda accepts calls of a function, under its qualifier; whether it
-- has an alias live that the registry does not use; and whether its time-out fits. Lambda is not asked about a disabled
-- one.
create or replace function pglambda_private.check_function(target pglambda.functions)
    returns table (item text, ok boolean, detail text, hint text)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    waits constant integer := pglambda_private.timeout_ms(null);
    answer record;
    refused_qualifier boolean := false;
    better_qualifier text;
begin
    item := 'function ' || target.name;
    if not target.enabled then
        ok := true;
        detail := 'disabled';
        return next;
        return;
    end if;
    answer := pglambda_private.dry_run(target, target.qualifier);
    if answer.cause = 'unknown' and target.qualifier <> '' then
        refused_qualifier := (pglambda_private.dry_run(target, null)).cause is null;
    end if;
    ok := answer.cause is null or refused_qualifier;
    detail := case when ok then 'Lambda accepts calls of ' || target.arn else answer.words end;
    if answer.cause = 'timed out' then          -- a function that does not run cannot be slow
        answer.cause := 'unreachable';
    end if;
    hint := case when not ok then pglambda_private.repair(target, answer.cause) end;
    return next;

    if ok then          -- otherwise nobody can say
        item := 'qualifier of ' || target.name;
        if target.qualifier is null or refused_qualifier then
            better_qualifier := case when (pglambda_private.dry_run(target, 'live')).cause is null then 'live' end;
        end if;
        ok := not refused_qualifier and better_qualifier is null;
        detail := case
            when refused_qualifier then format('Lambda has no version or alias %L of it', target.qualifier)
            when not ok then 'none, so SnapStart has no effect; and it has an alias live'
            else coalesce(target.qualifier, 'none, and it has no alias live: SnapStart would need one')
        end;
        hint := case when not ok then
            format('select pglambda.register(%L, qualifier => %L);', target.name, coalesce(better_qualifier, '')) end;
        return next;
    end if;

    item := 'time-out of ' || target.name;
    ok := coalesce(target.timeout_ms <= waits, true);
    detail := case when ok then coalesce(target.timeout_ms, waits) || ' ms'
                   else format('%s ms, and aws_lambda waits %s', target.timeout_ms, waits) end;
    hint := case when not ok then format('select pglambda.register(%L, timeout_ms => %s);', target.name, waits) end;
    return next;
end
$$;
comment on function pglambda_private.check_function(pglambda.functions) is
    'Whether a registered function can be called.';

-- pglambda_private.check_functions(): the rows of pglambda_private.check_function for each registered function, by
-- name.
create or replace function pglambda_private.check_functions()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    select c.item, c.ok, c.detail, c.hint
      from (select f from pglambda.functions f order by f.name) registered
     cross join pglambda_private.check_function(registered.f) with ordinality c (item, ok, detail, hint, place)
     order by (registered.f).name, c.place
$$;
comment on function pglambda_private.check_functions() is 'Whether the registered functions can be called.';
