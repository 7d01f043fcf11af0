-- pglambda_private.signature_type(tokens, place, schema): the type that begins there, as SQL text in which every name is quoted
-- or known to be harmless, and the place after it. A name without a schema is PostgreSQL's type, or else one in schema.
-- Raises 42601 when there is no type, and what pglambda_private.check_type raises.
-- Callers: private; the parts of pglambda_private.signature.
create or replace function pglambda_private.signature_type(
    tokens text[], place integer, schema name, out type text, out next integer
)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Names that mean a type only as keywords, or another type than when quoted.
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
    'Private: the type that begins at a token, and the place after it.';
