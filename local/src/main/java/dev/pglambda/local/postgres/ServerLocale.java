package dev.pglambda.local.postgres;

import java.util.Map;

/** How a server sorts and classifies text: by code point, and with letters beyond ASCII, whatever the machine. */
enum ServerLocale {

    /** PostgreSQL's own, the same on every machine. From version 17 on. */
    BUILTIN(Map.of("locale-provider", "builtin", "builtin-locale", "C.UTF-8")),

    /** For the versions before: the machine's idea of what a letter is. macOS has no C.UTF-8. */
    LIBC(Map.of("lc-ctype", System.getProperty("os.name").startsWith("Mac") ? "en_US.UTF-8" : "C.UTF-8"));

    private final Map<String, String> initdb;

    ServerLocale(Map<String, String> initdb) {
        this.initdb = initdb;
    }

    Map<String, String> initdb() {
        return initdb;
    }
}
