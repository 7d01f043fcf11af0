package dev.pglambda.database;

import io.micronaut.context.BeanLocator;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.jdbc.advice.ContextualAwareDataSource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Makes the injected data source join an open transaction, and work without one. Micronaut's own data source throws
 * outside a transaction.
 */
@Singleton
@Replaces(ContextualAwareDataSource.class)
final class JoiningDataSource implements BeanCreatedEventListener<DataSource> {

    private final BeanLocator beans;

    JoiningDataSource(BeanLocator beans) {
        this.beans = beans;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        String name = event.getBeanIdentifier().getName();
        return new Joining(event.getBean(), "primary".equalsIgnoreCase(name) ? "default" : name);
    }

    private final class Joining extends DelegatingDataSource {

        private final String name;
        private volatile ConnectionOperations<Connection> operations;

        Joining(DataSource target, String name) {
            super(target);
            this.name = name;
        }

        /** Inside a transaction, its connection; closing that has no effect. */
        @Override
        public Connection getConnection() throws SQLException {
            return operations().findConnectionStatus().isPresent()
                    ? beans.getBean(Connection.class, Qualifiers.byName(name))
                    : getTargetDataSource().getConnection();
        }

        /** Looked up late: these beans are made from this data source. */
        @SuppressWarnings("unchecked")
        private ConnectionOperations<Connection> operations() {
            if (operations == null) {
                operations = beans.getBean(ConnectionOperations.class, Qualifiers.byName(name));
            }
            return operations;
        }
    }
}
