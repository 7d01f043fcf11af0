-- The wrappers of the functions that come with pglambda, such as process_data. Each function has a file in sql/wrappers
-- that declares the names of its wrappers here. Everything else finds them by pglambda_private.shipped_wrappers.

-- pglambda_private.shipped_wrappers(): the wrappers that exist, wherever they are, with the fewest and the most
-- arguments of a call. pglambda_owner owns them and pglambda.define did not make them.
create or replace function pglambda_private.shipped_wrappers()
    returns table (id oid, name name, schema name, function text, fewest integer, most integer)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select p.oid, p.proname, n.nspname, w.function, p.pronargs - p.pronargdefaults, p.pronargs
      from pglambda_private.wrapper_names w
      join pg_proc p on p.proname = w.name and p.proowner = 'pglambda_owner'::regrole
      join pg_namespace n on n.oid = p.pronamespace
     where n.nspname not in ('pglambda', 'pglambda_private')
       and not exists (
               select from pglambda.wrappers t
                where t.schema = n.nspname
                  and (p.proname, oidvectortypes(p.proargtypes))
                      in ((t.name, t.arguments), (t.name || '_batch', t.batch_arguments),
                          (t.name || '_async', t.arguments)))
$$;
comment on function pglambda_private.shipped_wrappers() is 'The wrappers of the shipped functions that exist.';

-- pglambda_private.wants_wrappers(name): whether the wrappers of a function are installed or upgraded: the function is
-- registered, the setting pglambda.install_wrappers names it, or it has wrappers already.
-- Callers: install.sql.
create or replace function pglambda_private.wants_wrappers(name text)
    returns boolean
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (select from pglambda.functions f where f.name = wants_wrappers.name)
           or name = any (regexp_split_to_array(trim(current_setting('pglambda.install_wrappers', true)), '\s*,\s*'))
              is true
           or exists (select from pglambda_private.shipped_wrappers() w where w.function = wants_wrappers.name)
$$;
comment on function pglambda_private.wants_wrappers(text) is 'Whether the wrappers of a function are installed.';

-- pglambda_private.competitors(schema, name, fewest, most): the functions of that schema and name that a call with
-- fewest to most arguments could mean, and that are not shipped wrappers.
create or replace function pglambda_private.competitors(schema name, name name, fewest integer, most integer)
    returns setof oid
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select p.oid
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = competitors.schema and p.proname = competitors.name
       and p.pronargs - p.pronargdefaults <= most and (p.pronargs >= fewest or p.provariadic <> 0)
       and p.oid not in (select w.id from pglambda_private.shipped_wrappers() w)
$$;
comment on function pglambda_private.competitors(name, name, integer, integer) is
    'The functions that could be called in the place of a wrapper.';

-- pglambda_private.declare_wrapper(function, name, fewest, most): declares a wrapper that takes fewest to most
-- arguments.
-- Raises 42723 when another function of the install schema could be called in its place.
-- Callers: the files of sql/wrappers, before they create anything.
create or replace function pglambda_private.declare_wrapper(function text, name name, fewest integer, most integer)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    taken text;
begin
    insert into pglambda_private.wrapper_names (name, function) values (name, function)
        on conflict on constraint wrapper_names_pkey do nothing;
    taken := (select min(c.id::regprocedure::text)
                from pglambda_private.competitors(pglambda_private.install_schema(), name, fewest, most) c (id));
    if taken is not null then
        raise duplicate_function using
            message = format('%s exists and is not a wrapper of the bundle', taken),
            detail = format('It could be called in the place of the wrapper %I.', name),
            hint = 'Rename or drop it, or choose another schema with the setting pglambda.install_schema.';
    end if;
end
$$;
comment on function pglambda_private.declare_wrapper(text, name, integer, integer) is 'Declares a shipped wrapper.';
