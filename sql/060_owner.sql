-- From here on the installation acts as pglambda_owner, so that everything it creates is owned by that role.
-- What the role creates is closed to public. Without "in schema": a default within a schema can only add rights.
set local role pglambda_owner;
alter default privileges for role pglambda_owner revoke execute on functions from public;
comment on schema lambda is 'pglambda: PostgreSQL calls typed Java on AWS Lambda. Start with pglambda.functions.';
