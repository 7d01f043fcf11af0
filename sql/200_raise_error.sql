-- lambda.raise_error(code, message, detail, hint): raises just that. A null DETAIL or HINT is left out.
-- Callers: private; whatever raises an error whose parts are known only at run time.
create or replace function lambda.raise_error(code text, message text, detail text, hint text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- RAISE takes no null option, and an empty one would print an empty line.
    if detail is null and hint is null then
        raise exception using errcode = code, message = message;
    elsif hint is null then
        raise exception using errcode = code, message = message, detail = detail;
    elsif detail is null then
        raise exception using errcode = code, message = message, hint = hint;
    else
        raise exception using errcode = code, message = message, detail = detail, hint = hint;
    end if;
end
$$;
comment on function lambda.raise_error(text, text, text, text) is 'Private: raises an error from its parts.';
