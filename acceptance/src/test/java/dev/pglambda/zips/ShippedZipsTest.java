package dev.pglambda.zips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.Jvm;
import dev.pglambda.local.lambda.ZipFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped is what runs: every zip with its layer, read and then started, on this JDK and on 25 if there is one. */
class ShippedZipsTest {

    @TempDir
    Path directory;

    static List<ZipFunction> functions() throws IOException {
        return ShippedZips.all();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void zip_is_in_order(ZipFunction function) throws IOException {
        assertThat(ZipVerifier.read(function)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void zip_answers_under_the_runtime_client(ZipFunction function) throws Exception {
        List<Jvm> jvms = Stream.concat(Stream.of(Jvm.running()), Jvm.installed(25).stream())
                .distinct()
                .toList();
        for (Jvm jvm : jvms) {
            Path fresh = directory.resolve("jdk" + jvm.feature());
            assertThat(ZipVerifier.boot(function, jvm, ShippedZips.example(function), fresh))
                    .isEmpty();
        }
    }
}
