-- pglambda_private.routines(): the bundle's functions and procedures as they are now, each with a digest of what it does. Without
-- their owners, rights and settings, which have checks of their own, and without a wrapper's schema, which may change.
-- Callers: private; the installation and pglambda_private.check_routines.
create or replace function pglambda_private.routines()
    returns table (routine text, digest text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when p.pronamespace = 'lambda'::regnamespace then 'lambda.' else '' end
               || format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
           md5(concat_ws('|', p.prosecdef, p.proisstrict, pg_get_function_result(p.oid), p.prosrc))
      from pg_proc p
     where p.proowner = 'pglambda_owner'::regrole
       and (p.pronamespace = 'lambda'::regnamespace
            or p.proname ~ '^((process|transform|validate)_data(_batch|_async)?|is_valid)$')
$$;
comment on function pglambda_private.routines() is 'Private: the bundle''s functions as they are now.';
