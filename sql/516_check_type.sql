-- pglambda_private.check_type(type, place): raises where a wrapper cannot or must not use a type, which is SQL text that names
-- one and nothing else: 42704 when there is no such type, 0A000 for one that holds no value or ends with the session,
-- 42501 for one whose owner may not act as pglambda_owner. Wrappers run as that role, and so would what hangs on a type:
-- the checks of its domains, its casts. Types within the type count too.
-- Callers: private; pglambda_private.signature_type. COLUMN is the token's place: see pglambda_private.signature_name.
create or replace function pglambda_private.check_type(type text, place integer)
    returns void
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    root constant regtype := to_regtype(type);
    part record;
begin
    if root is null then
        raise undefined_object using message = format('type %s does not exist', type), column = place::text;
    end if;
    for part in
        with recursive parts (id) as (
            select root::oid
            union
            select inner_part.id
              from parts p
              join pg_type t on t.oid = p.id
             cross join lateral (
                 values (t.typelem), (t.typbasetype),
                        ((select r.rngsubtype from pg_range r where t.oid in (r.rngtypid, r.rngmultitypid)))
                 union all
                 select a.atttypid from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0
             ) as inner_part (id)
             where inner_part.id <> 0
        )
        select t.oid::regtype as id, t.typowner::regrole as owner, t.typnamespace = pg_my_temp_schema() as temporary,
               t.typtype = 'p' as pseudo, not pg_has_role(t.typowner, 'pglambda_owner', 'member') as foreign
          from parts p
          join pg_type t on t.oid = p.id
    loop
        if part.pseudo or part.temporary then
            raise feature_not_supported using
                message = format('a wrapper cannot have the type %s', part.id), column = place::text,
                detail = case when part.temporary then 'It ends with the session.' else 'It is a pseudo-type.' end;
        elsif part.foreign then
            raise insufficient_privilege using
                message = format('type %s belongs to %s, and wrappers run as pglambda_owner', part.id, part.owner),
                detail = 'So would code that hangs on the type, such as the checks of a domain.', column = place::text,
                hint = 'Let a member of pglambda_owner, such as who installed the bundle, own the type; or use jsonb.';
        end if;
    end loop;
end
$$;
comment on function pglambda_private.check_type(text, integer) is
    'Private: raises where a wrapper cannot or must not use a type.';
