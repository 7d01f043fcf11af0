-- pglambda.wrappers: the SQL functions that pglambda.define has made, one row for each name. Names and types are text, so
-- that a dump restores them and pg_upgrade takes them.
-- Callers: pglambda_operator reads it; pglambda.define and pglambda.undefine write it.
create table if not exists pglambda.wrappers (
    schema text,
    name text,
    arguments text not null,
    batch_arguments text,
    signature text not null,
    function text not null,
    options jsonb,
    fields jsonb,
    grantee text,
    constraint wrappers_pkey primary key (schema, name)
);
comment on table pglambda.wrappers is 'The SQL functions that pglambda.define has made.';
comment on column pglambda.wrappers.schema is 'Where the SQL function is.';
comment on column pglambda.wrappers.name is 'Its name; the batch form''s ends in _batch.';
comment on column pglambda.wrappers.arguments is 'The types of its arguments.';
comment on column pglambda.wrappers.batch_arguments is 'The same of its batch form; null where there is none.';
comment on column pglambda.wrappers.signature is 'What pglambda.define was given.';
comment on column pglambda.wrappers.function is 'The registered function that it calls.';
comment on column pglambda.wrappers.options is 'The options of every call.';
comment on column pglambda.wrappers.fields is 'How members of the item and the result are called, where not like in SQL.';
comment on column pglambda.wrappers.grantee is 'Who may call it.';
comment on constraint wrappers_pkey on pglambda.wrappers is 'A name is defined once.';
