package dev.pglambda.local.lambda.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The unpacked code of a function, which follows its zip: {@link #refresh} replaces the code by that of a rebuilt zip.
 * While a zip is half-written, the former code stays. Thread-safe.
 */
public final class DeployedCode implements AutoCloseable {

    private final ZipFunction function;
    private final Path directory;
    private final Consumer<String> log;
    private volatile UnpackedCode current;
    private volatile List<Stamp> seen;
    private int builds;

    /**
     * Unpacks the zip into a new directory whose name begins with this path.
     *
     * @throws IllegalArgumentException if that fails, with what to do
     */
    public DeployedCode(ZipFunction function, Path directory, Consumer<String> log) {
        this.function = function;
        this.directory = directory;
        this.log = log;
        try {
            this.seen = stamps();
            this.current = unpack();
        } catch (UnpackingFailedException e) {
            throw new IllegalArgumentException(
                    "Function " + function.name() + ": " + e.getMessage()
                            + ": make room there, or choose another directory with -Djava.io.tmpdir",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Function " + function.name() + ": cannot read " + function.zip() + " (" + reason(e)
                            + "): build it, then start again",
                    e);
        }
    }

    /** Whether zip and layers are the files that were unpacked. Takes a few microseconds. */
    public boolean isFresh() {
        try {
            return stamps().equals(seen);
        } catch (IOException e) {
            return true; // The zip is being rebuilt: the current code is the newest available.
        }
    }

    /** Unpacks a rebuilt zip, if it can be opened. Reads and writes the whole zip. */
    public synchronized void refresh() {
        try {
            List<Stamp> before = stamps();
            if (!before.equals(seen)) {
                replace(before);
            }
        } catch (IOException e) {
            // The zip does not exist at this moment: the next call looks again.
        }
    }

    private void replace(List<Stamp> stamps) {
        try {
            UnpackedCode rebuilt = unpack();
            UnpackedCode old = current;
            current = rebuilt;
            old.release();
            log.accept("Runs the rebuilt " + function.zip().getFileName() + " from now on");
        } catch (IOException e) {
            log.accept("Keeping the current code: " + function.zip() + " cannot be unpacked (" + reason(e) + ")");
        }
        // Taken before reading: a zip that was half-written has changed since, and the next call looks again.
        seen = stamps;
    }

    /** The current code; the caller releases it. */
    public synchronized UnpackedCode acquire() {
        current.retain();
        return current;
    }

    public boolean isCurrent(UnpackedCode code) {
        return code == current;
    }

    @Override
    public synchronized void close() {
        current.release();
    }

    private UnpackedCode unpack() throws IOException {
        return UnpackedCode.unpack(
                function.zip(), function.layers(), directory.resolveSibling(directory.getFileName() + "-" + builds++));
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : Stream.concat(Stream.of(function.zip()), function.layers().stream())
                .toList()) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(new Stamp(attributes.lastModifiedTime(), attributes.size()));
        }
        return stamps;
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it does not exist" : e.getMessage();
    }

    private record Stamp(FileTime modified, long size) {}
}
