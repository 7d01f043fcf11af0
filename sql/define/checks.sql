-- The checks of pglambda.define.

-- pglambda_private.wrapper_fields(columns, fields): arguments or columns, each with member, the name of the JSON
-- member: what fields says for its name, or the name itself. Raises 42701 when two have the same name or the same
-- member, and 22023 when the name of a member is not a string of 1 to 63 bytes.
create or replace function pglambda_private.wrapper_fields(columns jsonb, fields jsonb)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    field jsonb;
    member text;
    result jsonb := '[]';
begin
    for field in select c.entry from jsonb_array_elements(columns) c (entry) loop
        member := coalesce(fields ->> (field ->> 'name'), field ->> 'name', 'value');
        if jsonb_typeof(fields -> (field ->> 'name')) <> 'string' or octet_length(member) not between 1 and 63 then
            raise invalid_parameter_value using
                message = format('the JSON member of %I cannot be named %s',
                                 field ->> 'name', fields -> (field ->> 'name')),
                hint = 'The name of a member is a string of 1 to 63 bytes.';
        elsif exists (select from jsonb_array_elements(result) r (entry)
                       where r.entry ->> 'name' = field ->> 'name' or r.entry ->> 'member' = member) then
            raise duplicate_column using
                message = format('the name %I or the JSON member %s is used twice', field ->> 'name', to_json(member));
        end if;
        result := result || (field || jsonb_build_object('member', member));
    end loop;
    return result;
end
$$;
comment on function pglambda_private.wrapper_fields(jsonb, jsonb) is
    'Arguments or columns, each with the name of its JSON member.';

-- pglambda_private.check_definition(wrapper, name, batch, fields, grantee): raises where the arguments of
-- pglambda.define do not fit: P0002 when the function is not registered, 42704 when there is no role grantee, 22023 for
-- anything else.
create or replace function pglambda_private.check_definition(
    wrapper jsonb, name text, batch boolean, fields jsonb, grantee text
)
    returns void
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    arguments constant jsonb := wrapper -> 'arguments';
    names constant text[] := array(
        select n.entry ->> 'name'
          from jsonb_array_elements(arguments || (wrapper -> 'columns')) n (entry)
         where n.entry ->> 'name' is not null);
begin
    if not exists (select from pglambda.functions f where f.name = check_definition.name) then
        raise no_data_found using
            message = format('function %s is not registered', quote_nullable(name)),
            hint = 'List the registered functions: select name, arn from pglambda.functions;';
    elsif grantee is not null and not exists (select from pg_roles r where r.rolname = grantee) then
        raise undefined_object using
            message = format('there is no role %I to be the grantee', grantee),
            hint = 'Name a role that exists, or null for nobody. The wrapper is not for PUBLIC.';
    elsif batch is null or jsonb_typeof(fields) <> 'object' then
        raise invalid_parameter_value using
            message = 'batch must be true or false, and fields an object such as {"order_id": "orderId"}';
    elsif exists (select from jsonb_object_keys(fields) k (name) where k.name <> all (names)) then
        raise invalid_parameter_value using
            message = format('fields names %s, which is neither an argument nor a column of the result',
                             (select string_agg(quote_ident(k.name), ', ') from jsonb_object_keys(fields) k (name)
                               where k.name <> all (names))),
            detail = format('The arguments and columns are: %s.', array_to_string(names, ', '));
    elsif batch and (arguments = '[]' or exists (select from jsonb_array_elements(arguments) a (entry)
                                                  where a.entry ->> 'type' ~ '\]$')) then
        raise invalid_parameter_value using
            message = format('%I can have no batch form', wrapper ->> 'name'),
            detail = 'A batch form takes an array for each argument, and there is no array of arrays.',
            hint = 'Give it at least one argument, and take arrays as jsonb or as a domain.';
    end if;
end
$$;
comment on function pglambda_private.check_definition(jsonb, text, boolean, jsonb, text) is
    'Raises where the arguments of pglambda.define do not fit.';

-- pglambda_private.check_wrapper(wrapper, forms): raises where a wrapper must not be made:
-- 3F000 when its schema does not exist;
-- 42501 when the schema is not one for wrappers, or when the user who logged in or pglambda_owner may not create
-- functions there: nobody gets a function in front of other people's by way of the bundle. A schema that the installer
-- has named for wrappers, other than public, is open to every operator;
-- 42723 when a function of its name, or of the name of one of its forms, is not the one that pglambda.define made before,
-- whatever its arguments: a call could mean the other one, or PostgreSQL's own function of that name.
create or replace function pglambda_private.check_wrapper(wrapper jsonb, forms text[])
    returns void
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    home constant text := wrapper ->> 'schema';
    names constant text[] := array(select (wrapper ->> 'name') || f.form from unnest('{""}' || forms) f (form));
    longest constant text := (select max(n.name) from unnest(names) n (name) where octet_length(n.name) > 63);
    taken text;
begin
    if not exists (select from pg_namespace n where n.nspname = home) then
        raise invalid_schema_name using
            message = format('schema %I, where the wrapper is to go, does not exist', home),
            hint = format('Create it first: create schema %I;', home);
    elsif home ~ '^(pg_.*|information_schema|pglambda|pglambda_private|aws_lambda|aws_commons)$' then
        raise insufficient_privilege using message = format('schema %I is not one for wrappers', home);
    elsif not has_schema_privilege(session_user, home, 'create')
          and (home = 'public' or home <> pglambda_private.install_schema()) then
        raise insufficient_privilege using
            message = format('role %I may not create functions in schema %I', session_user, home),
            hint = format('Name a schema where it may, as in define(''<schema>.%s(...'', or let the owner of the '
                          'schema run: grant usage, create on schema %I to %I, pglambda_owner;',
                          names[1], home, session_user);
    elsif not (has_schema_privilege('pglambda_owner', home, 'usage')
               and has_schema_privilege('pglambda_owner', home, 'create')) then
        raise insufficient_privilege using
            message = format('pglambda_owner, which owns the wrappers, may not create functions in schema %I', home),
            hint = format('Let the owner of the schema run: grant usage, create on schema %I to pglambda_owner;', home);
    elsif longest is not null then
        raise name_too_long using message = format('the name %I is longer than 63 bytes', longest);
    end if;
    taken := (select min(p.oid::regprocedure::text)
                from pg_proc p
                join pg_namespace n on n.oid = p.pronamespace
               where p.proname = any (names)
                 and n.nspname in (home, 'pg_catalog')
                 and p.oid not in (select pglambda_private.wrapper_functions(home, names[1])));
    if taken is not null then
        raise duplicate_function using
            message = format('%s exists and was not made by pglambda.define as %I.%I', taken, home, names[1]),
            hint = 'Choose another name, or drop it.';
    end if;
end
$$;
comment on function pglambda_private.check_wrapper(jsonb, text[]) is 'Raises where a wrapper must not be made.';
