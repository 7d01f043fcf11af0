package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Installation beside pg_cron: a stand-in with its functions' signatures and its table. */
class ScheduleTest {

    private static final String JOBS =
            "select concat_ws('|', jobname, schedule, command, username, database) from cron.job order by jobid";

    private BundleServer database;
    private Sql master;
    private Sql superuser;

    @BeforeEach
    void connect() {
        database = BundleServer.empty();
        master = database.as("master");
        superuser = database.asSuperuser();
        superuser.execute("""
                create schema cron;
                grant usage on schema cron to master;
                create table cron.job (jobid bigint generated always as identity, schedule text, command text,
                    database text default current_database(), username text default current_user,
                    active boolean default true, jobname text);
                alter table cron.job enable row level security;
                create policy own on cron.job using (username = current_user);
                grant select, insert, delete on cron.job to master;
                create function cron.schedule(job_name text, schedule text, command text) returns bigint
                    language plpgsql as $$
                begin
                    if schedule !~ current_setting('cron.takes') then
                        raise invalid_parameter_value using message = 'invalid schedule: ' || schedule;
                    end if;
                    insert into cron.job (jobname, schedule, command) values (job_name, schedule, command);
                    return 1;
                end $$;
                create function cron.unschedule(job_id bigint) returns boolean language plpgsql as $$
                begin
                    delete from cron.job where jobid = job_id;
                    return found;
                end $$;
                """);
        master.execute("set cron.takes = 'seconds|\\*'");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void delivery_is_scheduled_once_as_the_installer() {
        asExtension();
        SqlBundle.install(master.connection());
        String job = "pglambda.deliver|10 seconds|call pglambda.deliver()|master|" + database.database();
        assertThat(superuser.values(JOBS)).containsExactly(job);
        SqlBundle.install(master.connection());
        assertThat(superuser.values(JOBS)).containsExactly(job);
        master.execute(superuser.value("select command from cron.job"));
    }

    @Test
    void changed_job_stays_as_it_is() {
        asExtension();
        master.execute("insert into cron.job (jobname, schedule, command, active)"
                + " values ('mine', '* * * * *', 'CALL pglambda.deliver(max_items => 5)', false)");
        SqlBundle.install(master.connection());
        assertThat(superuser.values(JOBS)).hasSize(1).first().asString().startsWith("mine|* * * * *");
    }

    @Test
    void older_version_without_seconds_delivers_every_minute() {
        asExtension();
        master.execute("set cron.takes = '\\*'");
        SqlBundle.install(master.connection());
        assertThat(superuser.values(JOBS)).hasSize(1).first().asString().startsWith("pglambda.deliver|* * * * *|");
    }

    @Test
    void function_that_is_not_the_extensions_is_not_called() {
        SqlBundle.install(master.connection());
        assertThat(superuser.values(JOBS)).isEmpty();
    }

    @Test
    void installer_without_the_right_to_schedule_installs_without_a_job() {
        asExtension();
        superuser.execute("revoke usage on schema cron from master");
        SqlBundle.install(master.connection());
        assertThat(superuser.values(JOBS)).isEmpty();
    }

    @Test
    void removal_unschedules_the_job_and_no_other() {
        asExtension();
        master.execute("insert into cron.job (jobname, schedule, command) values ('vacuum', '* * * * *', 'vacuum')");
        SqlBundle.install(master.connection());
        SqlBundle.uninstall(master.connection());
        assertThat(superuser.values("select jobname from cron.job")).containsExactly("vacuum");
    }

    /** There are no files of pg_cron here to create the extension from. */
    private void asExtension() {
        superuser.execute("""
                set allow_system_table_mods = on;
                insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
                values (99999, 'pg_cron', 10, 'cron'::regnamespace, false, '1.6');
                alter extension pg_cron add function cron.schedule(text, text, text);
                alter extension pg_cron add function cron.unschedule(bigint);
                reset allow_system_table_mods;
                """);
    }
}
