-- pglambda_private.check_definition(wrapper, name, batch, fields, grantee): raises where the arguments of pglambda.define do not
-- fit: P0002 when the function is not registered, 42704 when there is no role grantee, 22023 for anything else.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.check_definition(wrapper jsonb, name text, batch boolean, fields jsonb, grantee text)
    returns void
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    names constant text[] := array(
        select n.entry ->> 'name'
          from jsonb_array_elements((wrapper -> 'arguments') || (wrapper -> 'columns')) n (entry)
         where n.entry ->> 'name' is not null);
    list jsonb;
begin
    if not exists (select from pglambda.functions f where f.name = check_definition.name) then
        raise no_data_found using
            message = format('function %s is not registered', quote_nullable(name)),
            hint = 'What is: select name, arn from pglambda.functions;';
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
            detail = format('There are: %s.', array_to_string(names, ', '));
    end if;
    list := wrapper -> 'arguments';
    if batch and (list = '[]' or exists (select from jsonb_array_elements(list) a (entry)
                                          where a.entry ->> 'type' ~ '\]$')) then
        raise invalid_parameter_value using
            message = format('%I can have no batch form', wrapper ->> 'name'),
            detail = 'That takes an array for each argument, and there is no array of arrays.',
            hint = 'Give it at least one argument, and arrays as jsonb or as a domain.';
    end if;
end
$$;
comment on function pglambda_private.check_definition(jsonb, text, boolean, jsonb, text) is
    'Private: raises where the arguments of pglambda.define do not fit each other.';
