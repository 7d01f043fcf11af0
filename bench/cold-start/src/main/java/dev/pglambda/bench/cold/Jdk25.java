package dev.pglambda.bench.cold;

import dev.pglambda.local.lambda.runtime.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JVMs to measure: the running one, and JDK 25 from {@code JAVA25_HOME} or {@code /usr/lib/jvm}. */
final class Jdk25 {

    private Jdk25() {}

    static Optional<Jvm> find() throws IOException {
        String home = System.getenv("JAVA25_HOME");
        if (home != null) {
            return Optional.of(Jvm.at(Path.of(home)));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(usual)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(usual)) {
            return homes.filter(folder -> Files.isExecutable(folder.resolve("bin/java")))
                    .filter(folder -> Files.isReadable(folder.resolve("release")))
                    .sorted()
                    .map(Jvm::at)
                    .filter(jvm -> jvm.feature() == 25)
                    .findFirst();
        }
    }

    static List<Jvm> andRunning() throws IOException {
        return Stream.concat(Stream.of(Jvm.running()), find().stream())
                .distinct()
                .toList();
    }
}
