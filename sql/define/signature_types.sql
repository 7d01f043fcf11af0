-- The types in a signature.

-- pglambda_private.check_type(type, place): raises where a wrapper must not use a type, which is SQL text that names
-- one: 42704 when there is no such type, 42P13 for a pseudo-type or a temporary type, 42501 when the type's owner may
-- not act as pglambda_owner. Wrappers run as that role, and so would code that belongs to a type: the checks of a
-- domain, casts. Types inside the type count too. place is the number of the token, for COLUMN.
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
            raise invalid_function_definition using
                message = format('a wrapper cannot have the type %s', part.id), column = place::text,
                detail = case when part.temporary then 'It ends with the session.' else 'It is a pseudo-type.' end;
        elsif part.foreign then
            raise insufficient_privilege using
                message = format('type %s belongs to %s, and wrappers run as pglambda_owner', part.id, part.owner),
                detail = 'Code that belongs to the type, such as the checks of a domain, would run as that role too.',
                column = place::text,
                hint = 'Give the type to a member of pglambda_owner, such as the role that installed the bundle, '
                       'or use jsonb.';
        end if;
    end loop;
end
$$;
comment on function pglambda_private.check_type(text, integer) is 'Raises where a wrapper must not use a type.';

-- pglambda_private.signature_type(tokens, place, schema): the type that begins there, as SQL text in which every name
-- is quoted or known to be harmless, and the place after it. A name without a schema is PostgreSQL's type or, when
-- there is none, one in schema. Raises 42601 when there is no type, and what pglambda_private.check_type raises.
create or replace function pglambda_private.signature_type(
    tokens text[], place integer, schema name, out type text, out next integer
)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Names that mean a type only as keywords, or that mean another type when they are quoted.
    keywords constant text[] := '{int,integer,smallint,bigint,real,float,decimal,dec,numeric,boolean,bit,char,'
                                'character,nchar,varchar,time,timestamp,interval}';
    name text;
    modifier text;
begin
    type := pglambda_private.type_words(tokens, place);
    if type is not null then
        next := place + cardinality(string_to_array(type, ' '));
    else
        name := pglambda_private.signature_name(tokens, place, 'a type');
        next := place + 1;
        if tokens[next] = '.' then
            type := format('%I.%I', name, pglambda_private.signature_name(tokens, place + 2, 'a type'));
            next := place + 3;
        elsif tokens[place] = any (keywords) then
            type := name;
        elsif to_regtype(format('pg_catalog.%I', name)) is not null then
            type := format('%I', name);
        else
            type := format('%I.%I', schema, name);
        end if;
        modifier := substring(array_to_string(tokens[next:next + 10], ' '),
                              '^\( (?:- )?[a-z0-9_]+(?: , (?:- )?[a-z0-9_]+)* \)(?= |$)');
        if modifier is not null then
            type := type || replace(modifier, ' ', '');
            next := next + cardinality(string_to_array(modifier, ' '));
        end if;
    end if;
    while tokens[next] = '[' loop
        next := next + case when tokens[next + 1] ~ '^[0-9]+$' then 2 else 1 end;
        if tokens[next] is distinct from ']' then
            raise syntax_error using message = 'a closing bracket', column = next::text;
        end if;
        type := type || '[]';
        next := next + 1;
    end loop;
    perform pglambda_private.check_type(type, place);
end
$$;
comment on function pglambda_private.signature_type(text[], integer, name) is
    'The type that begins at a token, and the place after it.';
