-- pglambda.wrappers: the SQL functions that pglambda.define has made, one row for each name. Names and types are text,
-- so that a dump restores them and pg_upgrade takes them.
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
comment on column pglambda.wrappers.schema is 'The schema of the SQL function.';
comment on column pglambda.wrappers.name is
    'The name of the SQL function; its batch form has the same name with _batch, its durable form with _async.';
comment on column pglambda.wrappers.arguments is 'The types of its arguments.';
comment on column pglambda.wrappers.batch_arguments is
    'The types of the arguments of its batch form; null without one.';
comment on column pglambda.wrappers.signature is 'The signature that pglambda.define was given.';
comment on column pglambda.wrappers.function is 'The registered function that it calls.';
comment on column pglambda.wrappers.options is 'The options of every call.';
comment on column pglambda.wrappers.fields is 'The names of JSON members that differ from the SQL names.';
comment on column pglambda.wrappers.grantee is 'The role that may call it.';
comment on constraint wrappers_pkey on pglambda.wrappers is 'A name is defined once.';
