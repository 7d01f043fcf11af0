-- pglambda_private.mend_rights(): the statements that give pglambda_owner back what the calls need of aws_lambda.
-- Callers: private; what pglambda.check says about the extension.
create or replace function pglambda_private.mend_rights()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when to_regnamespace('aws_lambda') is null then 'create extension aws_lambda cascade; ' else '' end
           || 'grant usage on schema aws_commons, aws_lambda to pglambda_owner; '
              'grant execute on all functions in schema aws_commons, aws_lambda to pglambda_owner;'
$$;
comment on function pglambda_private.mend_rights() is 'Private: the statements that give pglambda_owner the use of aws_lambda.';
