package dev.pglambda.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the server's programs are unpacked, once per user, version of PostgreSQL and version of our extensions: not in
 * a directory of /tmp that everybody may write to, and not again after a reboot. Deleting it costs the next start a few
 * seconds.
 */
final class BinariesCache {

    private BinariesCache() {}

    static Path directory() throws IOException {
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        Path caches = cacheHome == null || cacheHome.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cacheHome);
        return cache(caches).resolve("postgres-" + AwsExtensions.fingerprint());
    }

    private static Path cache(Path caches) throws IOException {
        try {
            return privateDirectory(caches.resolve("pglambda"));
        } catch (IOException e) {
            // A user without a home that can be written to, as in some containers.
            return privateDirectory(
                    Path.of(System.getProperty("java.io.tmpdir"), "pglambda-cache-" + System.getProperty("user.name")));
        }
    }

    private static Path privateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        // Fails for a directory that another user has made.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }
}
