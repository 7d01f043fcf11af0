package com.example.orders;

import java.util.List;

/** The function's own tables. */
public final class OrderTables {

    private OrderTables() {}

    /** Makes them, and lets the function's user use them. */
    public static List<String> statements(String user) {
        return List.of(
                "create table purchase (id bigint generated always as identity primary key,"
                        + " number text not null, customer text not null)",
                "create table purchase_line (id bigint generated always as identity primary key,"
                        + " purchase_id bigint not null references purchase, article text not null,"
                        + " quantity integer not null)",
                "grant select, insert on purchase, purchase_line to " + user);
    }
}
