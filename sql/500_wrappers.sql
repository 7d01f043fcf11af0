-- lambda.wrappers: the SQL functions that lambda.define has made, one row for each name. Names and types are text, so
-- that a dump restores them and pg_upgrade takes them.
-- Callers: lambda_operator reads it; lambda.define and lambda.undefine write it.
create table if not exists lambda.wrappers (
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
comment on table lambda.wrappers is 'The SQL functions that lambda.define has made.';
comment on column lambda.wrappers.schema is 'Where the SQL function is.';
comment on column lambda.wrappers.name is 'Its name; the batch form''s ends in _batch.';
comment on column lambda.wrappers.arguments is 'The types of its arguments.';
comment on column lambda.wrappers.batch_arguments is 'The same of its batch form; null where there is none.';
comment on column lambda.wrappers.signature is 'What lambda.define was given.';
comment on column lambda.wrappers.function is 'The registered function that it calls.';
comment on column lambda.wrappers.options is 'The options of every call.';
comment on column lambda.wrappers.fields is 'How members of the item and the result are called, where not like in SQL.';
comment on column lambda.wrappers.grantee is 'Who may call it.';
comment on constraint wrappers_pkey on lambda.wrappers is 'A name is defined once.';
