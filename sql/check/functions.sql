-- Checks of the registered functions.

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
    refusal text := case when target.enabled then pglambda_private.dry_run(target, target.qualifier) end;
    refused_qualifier constant boolean := case
        when target.qualifier <> '' and refusal ~* 'not *found|cannot find' then
            pglambda_private.dry_run(target, null) is null
        else false
    end;
    right_row pglambda.functions := target;
begin
    item := 'function ' || target.name;
    ok := refusal is null or refused_qualifier;
    detail := case when not target.enabled then 'disabled' when not ok then refusal
                   else 'Lambda accepts calls of ' || target.arn end;
    hint := case when not ok then pglambda_private.call_hint(target, refusal) end;
    return next;
    if not target.enabled then
        return;
    end if;

    if ok then          -- otherwise nobody can say
        item := 'qualifier of ' || target.name;
        right_row.qualifier := case
            when target.qualifier <> '' and refusal is null then target.qualifier
            when pglambda_private.dry_run(target, 'live') is null then 'live'
        end;
        ok := right_row.qualifier is not distinct from target.qualifier;
        detail := case
            when refused_qualifier then format('Lambda has no version or alias %L of it', target.qualifier)
            when not ok then 'none, so SnapStart has no effect; and it has an alias live'
            else coalesce(target.qualifier, 'none, and it has no alias live: SnapStart would need one')
        end;
        hint := case when not ok then pglambda_private.registration(right_row) end;
        return next;
    end if;

    item := 'time-out of ' || target.name;
    ok := coalesce(target.timeout_ms <= waits, true);
    detail := case when ok then coalesce(target.timeout_ms, waits) || ' ms'
                   else format('%s ms, and aws_lambda waits %s', target.timeout_ms, waits) end;
    right_row := target;
    right_row.timeout_ms := waits;
    hint := case when not ok then pglambda_private.registration(right_row) end;
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
