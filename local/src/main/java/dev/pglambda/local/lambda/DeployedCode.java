package dev.pglambda.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The code of a function as its zip is now. Notices a rebuilt zip when asked; while a build is half-written, the code
 * before it stays. Thread-safe.
 */
final class DeployedCode implements AutoCloseable {

    private final ZipFunction function;
    private final Path directory;
    private final Consumer<String> log;
    private volatile UnpackedCode current;
    private volatile List<Stamp> seen;
    private int builds;

    /** Opens the zip; fails with one message that says what to do. */
    DeployedCode(ZipFunction function, Path directory, Consumer<String> log) {
        this.function = function;
        this.directory = directory;
        this.log = log;
        try {
            this.seen = stamps();
            this.current = unpack();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Function " + function.definition().name() + ": cannot read " + function.zip() + " (" + reason(e)
                            + "): build it, then start again",
                    e);
        }
    }

    /** Whether the files are those that were last looked at. A few microseconds. */
    boolean isFresh() {
        try {
            return stamps().equals(seen);
        } catch (IOException e) {
            return true; // being rebuilt: what is there now is the newest that can be had
        }
    }

    /** Takes up a rebuilt zip, if it can be opened. Reads and writes the whole zip. */
    synchronized void refresh() {
        try {
            List<Stamp> before = stamps();
            if (!before.equals(seen)) {
                replace(before);
            }
        } catch (IOException e) {
            // Gone for a moment: the next call looks again.
        }
    }

    private void replace(List<Stamp> stamps) {
        try {
            UnpackedCode rebuilt = unpack();
            UnpackedCode old = current;
            current = rebuilt;
            old.release();
            log.accept("Took up the rebuilt " + function.zip().getFileName());
        } catch (IOException e) {
            log.accept("Keeping the code from before: " + function.zip() + " cannot be opened (" + reason(e) + ")");
        }
        // Taken before reading: a zip that was half-written then differs now, and the next call looks again.
        seen = stamps;
    }

    /** The current code, to be released by the caller. */
    synchronized UnpackedCode acquire() {
        current.retain();
        return current;
    }

    boolean isCurrent(UnpackedCode code) {
        return code == current;
    }

    @Override
    public synchronized void close() {
        current.release();
    }

    private UnpackedCode unpack() throws IOException {
        Optional<Trained> trained = Trained.of(function, Jvm.running());
        if (trained.isPresent()) {
            return UnpackedCode.trained(trained.get());
        }
        return UnpackedCode.unpack(
                function.zip(),
                function.layers(),
                directory.resolve(function.definition().name() + "-" + builds++));
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files()) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.add(new Stamp(attributes.lastModifiedTime(), attributes.size()));
        }
        return stamps;
    }

    private List<Path> files() {
        return Stream.concat(Stream.of(function.zip()), function.layers().stream())
                .toList();
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it does not exist" : e.getMessage();
    }

    private record Stamp(FileTime modified, long size) {}
}
