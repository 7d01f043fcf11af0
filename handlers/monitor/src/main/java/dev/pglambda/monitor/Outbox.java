package dev.pglambda.monitor;

import dev.pglambda.database.Database;
import dev.pglambda.handler.Deadline;
import jakarta.inject.Singleton;
import java.util.List;

/** The view {@code pglambda.outbox_status}. Thread-safe. Each call reads the view, and so the whole outbox. */
@Singleton
class Outbox {

    private final Database database;

    Outbox(Database database) {
        this.database = database;
    }

    /** First the whole outbox, also when it is empty; then each function that has items, by name. */
    List<Measurement> measure(Deadline deadline) {
        return database.repeatable()
                .query(
                        deadline,
                        """
                        select case when s.function is null then 'Database' else 'Function' end,
                               coalesce(s.function, current_database()),
                               coalesce(extract(epoch from max(s.oldest)), 0)::bigint,
                               coalesce(sum(s.waiting), 0)::bigint,
                               coalesce(sum(s.running), 0)::bigint,
                               coalesce(sum(s.dead), 0)::bigint
                          from pglambda.outbox_status s
                         group by grouping sets ((), (s.function))
                         order by s.function nulls first""",
                        row -> new Measurement(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                new Measurement.Items(row.getLong(4), row.getLong(5), row.getLong(6))));
    }
}
