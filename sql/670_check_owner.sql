-- pglambda_private.check_owner(): whether all of the bundle is owned by pglambda_owner: another owner can replace what it does.
-- What is named like a wrapper, beside the wrappers, counts as one; of is_valid, a name that anybody may have chosen, only
-- what a call with two arguments can mean. What such a routine does is its owner's work, so it is not taken over but
-- dropped; pglambda_private.check_routines then says how the bundle's own comes back.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_owner()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with foreign_owned (what, owner, mend) as (
        select 'routine ' || p.oid::regprocedure, p.proowner::regrole, format('drop routine %s;', p.oid::regprocedure)
          from pg_proc p
         where p.proowner <> 'pglambda_owner'::regrole
           and (p.pronamespace = 'lambda'::regnamespace
                or (p.proname ~ '^(process|transform|validate)_data(_batch|_async)?$'
                    or p.proname = 'is_valid' and (p.pronargs >= 2 or p.provariadic <> 0)
                       and p.pronargs - p.pronargdefaults <= 2)
                   and p.pronamespace in (select w.pronamespace
                                            from pg_proc w
                                           where w.proowner = 'pglambda_owner'::regrole))
        union all
        select 'table ' || c.oid::regclass, c.relowner::regrole,
               format('alter table %s owner to pglambda_owner;', c.oid::regclass)
          from pg_class c
         where c.relowner <> 'pglambda_owner'::regrole
           and c.relnamespace = 'lambda'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    )
    select 'owner of the bundle',
           count(*) = 0,
           coalesce(string_agg(format('%s is owned by %s', f.what, f.owner), ', ' order by f.what), 'pglambda_owner'),
           string_agg(f.mend, ' ' order by f.what)
      from foreign_owned f
$$;
comment on function pglambda_private.check_owner() is 'Private: whether all of the bundle is owned by pglambda_owner.';
