-- What the bundle remembers of its installations. Nobody but pglambda_owner reads these tables.

-- pglambda_private.installation: what the last installation was told. One row. SqlBundle gives the library's version in
-- the setting pglambda.library; psql gives none, and the version then stays.
create table pglambda_private.installation (
    single boolean not null default true constraint installation_pkey primary key
        constraint installation_single check (single),
    install_schema text not null,
    library text
);
comment on table pglambda_private.installation is 'What the last installation was told.';
comment on column pglambda_private.installation.single is 'Always true: there is one row.';
comment on column pglambda_private.installation.install_schema is 'The schema of the wrappers.';
comment on column pglambda_private.installation.library is
    'The version of the Java library that installed last; null when only psql has installed.';
comment on constraint installation_pkey on pglambda_private.installation is 'There is one row.';
comment on constraint installation_single on pglambda_private.installation is 'There is one row.';

-- pglambda_private.wrapper_names: the names of the wrappers that were ever installed in this database.
create table pglambda_private.wrapper_names (
    name name constraint wrapper_names_pkey primary key,
    function text not null
);
comment on table pglambda_private.wrapper_names is 'The names of the shipped wrappers.';
comment on column pglambda_private.wrapper_names.name is 'The name of the wrapper.';
comment on column pglambda_private.wrapper_names.function is 'The function that it calls.';
comment on constraint wrapper_names_pkey on pglambda_private.wrapper_names is 'A name is the wrapper of one function.';

-- pglambda_private.installed_routines: the functions of the bundle as the last installation left them.
create table pglambda_private.installed_routines (
    routine text constraint installed_routines_pkey primary key,
    digest text not null
);
comment on table pglambda_private.installed_routines is
    'The functions of the bundle as the last installation left them.';
comment on column pglambda_private.installed_routines.routine is 'Name and arguments.';
comment on column pglambda_private.installed_routines.digest is 'A digest of what it does.';
comment on constraint installed_routines_pkey on pglambda_private.installed_routines is 'A function is listed once.';
