package dev.pglambda.bundle.kit;

import dev.pglambda.bundle.InstallSettings;
import dev.pglambda.bundle.SqlBundle;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** The functions that the bundle has wrappers for. */
public final class ShippedFunctions {

    public static final List<String> NAMES = List.of("process", "transform", "validate");

    private ShippedFunctions() {}

    /** Installs the bundle with the wrappers of all of them. Registers none. */
    public static void install(Connection master) {
        SqlBundle.install(master, new InstallSettings(Optional.empty(), NAMES), SqlBundle.Completion.NOTHING);
    }
}
