-- pglambda_private.wrapper_fields(columns, fields): arguments or columns, each with the member of the JSON object that it is:
-- what fields says for its name, else its name. Raises 42701 when two have the same name or are the same member, and
-- 22023 when a member's name is not a text of 1 to 63 bytes.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.wrapper_fields(columns jsonb, fields jsonb)
    returns jsonb
    language plpgsql
    immutable
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
                message = format('the field of %I cannot be called %s', field ->> 'name', fields -> (field ->> 'name')),
                hint = 'A field''s name is a text of 1 to 63 bytes.';
        elsif exists (select from jsonb_array_elements(result) r (entry)
                       where r.entry ->> 'name' = field ->> 'name' or r.entry ->> 'member' = member) then
            raise duplicate_column using
                message = format('the name %I or the field %s is there twice', field ->> 'name', to_json(member));
        end if;
        result := result || (field || jsonb_build_object('member', member));
    end loop;
    return result;
end
$$;
comment on function pglambda_private.wrapper_fields(jsonb, jsonb) is
    'Private: arguments or columns, each with the member of the JSON object that it is.';
