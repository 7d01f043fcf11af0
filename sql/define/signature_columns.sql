-- The arguments and columns in a signature.

-- pglambda_private.signature_default(tokens, place): the default that begins there, as an SQL literal, and the place
-- after it: a number, a string, true, false or null. An expression would have to be understood to be safe.
-- Raises 42601 for anything else.
create or replace function pglambda_private.signature_default(
    tokens text[], place integer, out literal text, out next integer
)
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    token constant text := tokens[place];
begin
    next := place + 1;
    if token = 'null' then
        literal := 'null';
    elsif token in ('true', 'false') or token ~ '^[0-9]' then
        literal := quote_literal(token);
    elsif token ~ '^''.*''$' then
        literal := quote_literal(replace(substr(token, 2, length(token) - 2), '''''', ''''));
    elsif token = '-' and tokens[next] ~ '^[0-9]' then
        literal := quote_literal('-' || tokens[next]);
        next := place + 2;
    else
        raise syntax_error using message = 'a number, a string, true, false or null', column = place::text;
    end if;
end
$$;
comment on function pglambda_private.signature_default(text[], integer) is
    'The default that begins at a token, and the place after it.';

-- pglambda_private.signature_columns(tokens, place, schema, kind): the list in parentheses that begins there, as an
-- array of objects with name, type and default, and the place after it. kind is 'column' for the columns of a table,
-- 'argument', where a single argument may be without a name, or 'type', where names may always be left out.
-- Raises 42601, and what its parts raise.
create or replace function pglambda_private.signature_columns(
    tokens text[], place integer, schema name, kind text, out columns jsonb, out next integer
)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    start integer;
    name text;
    type text;
    literal text;
begin
    columns := '[]';
    next := place + 1;
    if tokens[place] is distinct from '(' then
        raise syntax_error using message = 'an opening parenthesis', column = place::text;
    elsif kind <> 'column' and tokens[next] = ')' then
        next := next + 1;
        return;
    end if;
    loop
        start := next;
        name := null;
        literal := null;
        if tokens[next] in ('in', 'out', 'inout', 'variadic', 'setof') then
            raise syntax_error using message = 'the name of an argument (all are IN)', column = next::text;
        elsif kind = 'column' or (tokens[next + 1] ~ '^(["a-z_]|[^\x01-\x7f])' and tokens[next + 1] <> 'default'
                                  and pglambda_private.type_words(tokens, next) is null) then
            name := pglambda_private.signature_name(tokens, next, format('the name of the %s', kind));
            next := next + 1;
        elsif kind = 'argument' and columns <> '[]' then
            raise syntax_error using message = 'the name of the argument', column = next::text;
        end if;
        select t.type, t.next into type, next from pglambda_private.signature_type(tokens, next, schema) t;
        if kind <> 'column' and tokens[next] in ('default', '=') then
            select d.literal, d.next into literal, next from pglambda_private.signature_default(tokens, next + 1) d;
        end if;
        if name is null and kind = 'argument' and tokens[next] = ',' then
            raise syntax_error using message = 'the name of the argument', column = start::text;
        elsif tokens[next] is null or tokens[next] not in (',', ')') then
            raise syntax_error using message = 'a comma or a closing parenthesis', column = next::text;
        end if;
        columns := columns || jsonb_build_object('name', name, 'type', type, 'default', literal);
        next := next + 1;
        exit when tokens[next - 1] = ')';
    end loop;
end
$$;
comment on function pglambda_private.signature_columns(text[], integer, name, text) is
    'The arguments or columns that begin at a token, and the place after them.';
