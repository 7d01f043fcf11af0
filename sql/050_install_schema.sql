-- Decides where the wrappers live: the setting pglambda.install_schema, else where they are, else public.
-- Raises 3F000 when there is no such schema, 55000 when the wrappers live elsewhere, 42723 when a name is taken.
do $$
declare
    wrappers constant name[] := '{process_data,process_data_batch,process_data_async,'
                                'transform_data,transform_data_batch,transform_data_async,'
                                'validate_data,validate_data_batch,validate_data_async,is_valid}';
    present name := (select min(n.nspname)
                       from pg_proc p
                       join pg_namespace n on n.oid = p.pronamespace
                      where p.proname = any (wrappers)
                        and p.proowner = 'pglambda_owner'::regrole);
    chosen name := coalesce(nullif(current_setting('pglambda.install_schema', true), ''), present, 'public');
    taken text;
begin
    if not exists (select from pg_namespace n where n.nspname = chosen) then
        raise invalid_schema_name using
            message = format('schema %I, where the wrappers are to go, does not exist', chosen),
            hint = format('Create it first: create schema %I;', chosen);
    end if;
    if present <> chosen then
        raise object_not_in_prerequisite_state using
            message = format('the wrappers are in schema %I and are not moved to %I', present, chosen),
            hint = format('Leave pglambda.install_schema unset, or move them: %s',
                          (select string_agg(
                                      format('alter function %s set schema %I;', p.oid::regprocedure, chosen), ' ')
                             from pg_proc p
                            where p.proname = any (wrappers)
                              and p.proowner = 'pglambda_owner'::regrole));
    end if;
    -- Any signature counts: a one-argument function of the same name would silently be called instead of ours. Of
    -- is_valid, a name that anybody may have chosen, those that two arguments fit.
    taken := (select min(p.oid::regprocedure::text)
                from pg_proc p
               where p.proname = any (wrappers)
                 and p.pronamespace = (select n.oid from pg_namespace n where n.nspname = chosen)
                 and p.proowner <> 'pglambda_owner'::regrole
                 and (p.proname <> 'is_valid'
                      or (p.pronargs >= 2 or p.provariadic <> 0) and p.pronargs - p.pronargdefaults <= 2));
    if taken is not null then
        raise duplicate_function using
            message = format('%s exists and is not ours', taken),
            hint = 'Rename or drop it, or choose another schema with the setting pglambda.install_schema.';
    end if;
    -- The one right that cannot wait for the grants at the end: without it, pglambda_owner could not own the wrappers.
    if not (has_schema_privilege('pglambda_owner', chosen, 'usage')
            and has_schema_privilege('pglambda_owner', chosen, 'create')) then
        execute format('grant usage, create on schema %I to pglambda_owner', chosen);
    end if;
    perform set_config('pglambda.install_schema', chosen, true);
end
$$;
