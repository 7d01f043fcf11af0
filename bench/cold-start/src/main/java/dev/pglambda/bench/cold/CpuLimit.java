package dev.pglambda.bench.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A control group of its own with half a core. Needs the right to make one. */
final class CpuLimit implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String NAME =
            "pglambda-bench-" + ProcessHandle.current().pid();

    private final Path group;

    private CpuLimit(Path group) {
        this.group = group;
    }

    static boolean canPin() {
        return Files.isExecutable(Path.of("/usr/bin/taskset"));
    }

    static List<String> oneCore() {
        return List.of("taskset", "-c", "0");
    }

    /** Throws {@link UnsupportedOperationException} with the reason when there is no such right. */
    static CpuLimit half() {
        boolean first = Files.isDirectory(ROOT.resolve("cpu"));
        Path group = (first ? ROOT.resolve("cpu") : ROOT).resolve(NAME);
        try {
            Files.createDirectory(group);
            if (first) {
                Files.writeString(group.resolve("cpu.cfs_quota_us"), "50000");
            } else {
                Files.writeString(group.resolve("cpu.max"), "50000 100000");
            }
            return new CpuLimit(group);
        } catch (IOException e) {
            throw new UnsupportedOperationException("no control group can be made here", e);
        }
    }

    /** A shell that joins the group and becomes the command. */
    List<String> prefix() {
        return List.of("sh", "-c", "echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
    }

    @Override
    public void close() {
        try {
            Files.delete(group);
        } catch (IOException e) {
            // the next boot removes it
        }
    }
}
