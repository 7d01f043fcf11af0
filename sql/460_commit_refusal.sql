-- pglambda_private.commit_refusal(): what PostgreSQL says, in the session's language, to COMMIT where there can be none: in a
-- function. A procedure cannot ask whether it may commit; it can only try, and compare the answers.
-- Callers: private; pglambda.deliver. Granted to pglambda_operator: deliver has only its caller's rights.
create or replace function pglambda_private.commit_refusal()
    returns text
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    commit;
    return null;
exception
    when invalid_transaction_termination then
        return sqlerrm;
end
$$;
comment on function pglambda_private.commit_refusal() is 'Private: what PostgreSQL says to COMMIT where there can be none.';
