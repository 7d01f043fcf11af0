package dev.pglambda.local.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.FunctionZip;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.TestLambda;
import dev.pglambda.local.lambda.functions.Echo;
import dev.pglambda.local.lambda.functions.Many;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedCodeTest {

    @TempDir
    Path directory;

    @Test
    void the_class_path_is_classes_then_jars_by_name_then_layers() throws IOException {
        Path zip = FunctionZip.ofClasses(Echo.class)
                .with("lib/b.jar", new byte[1])
                .with("lib/a.jar", new byte[1])
                .with("lib/notes.txt", new byte[1])
                .write(directory.resolve("f.zip"));
        Path layer = FunctionZip.ofJar("java/lib/l.jar", Many.class)
                .with("other/ignored.jar", new byte[1])
                .write(directory.resolve("layer.zip"));
        Path target = directory.resolve("code");
        UnpackedCode code = UnpackedCode.unpack(zip, List.of(layer), target);
        assertThat(code.classPath())
                .containsExactly(
                        target.resolve("task"),
                        target.resolve("task/lib/a.jar"),
                        target.resolve("task/lib/b.jar"),
                        target.resolve("layer-0/java/lib/l.jar"));
        assertThat(target.resolve("layer-0/other")).doesNotExist();
    }

    @Test
    void jars_only_need_no_directory_on_the_class_path() throws IOException {
        Path zip = FunctionZip.ofJar("lib/a.jar", Echo.class).write(directory.resolve("f.zip"));
        Path target = directory.resolve("code");
        assertThat(UnpackedCode.unpack(zip, List.of(), target).classPath())
                .containsExactly(target.resolve("task/lib/a.jar"));
    }

    @Test
    void the_files_are_deleted_with_the_last_user() throws IOException {
        Path zip = FunctionZip.ofClasses(Echo.class).write(directory.resolve("f.zip"));
        UnpackedCode code = UnpackedCode.unpack(zip, List.of(), directory.resolve("code"));
        code.retain();
        code.release();
        assertThat(code.taskRoot()).exists();
        code.release();
        assertThat(code.taskRoot()).doesNotExist();
    }

    @Test
    void an_entry_that_points_out_of_the_zip_is_refused() throws IOException {
        for (String name : List.of("../evil", "lib/../../evil", "/tmp/evil")) {
            Path zip = new FunctionZip().with(name, new byte[1]).write(directory.resolve("f.zip"));
            assertThatThrownBy(() -> UnpackedCode.unpack(zip, List.of(), directory.resolve("code")))
                    .isInstanceOf(ZipException.class)
                    .hasMessageContaining(name);
            assertThat(directory.resolve("evil")).doesNotExist();
            assertThat(directory.resolve("code")).doesNotExist();
        }
    }

    @Test
    void a_damaged_entry_is_refused() throws IOException {
        byte[] bytes = FunctionZip.ofJar("lib/a.jar", Echo.class).bytes();
        bytes[bytes.length / 2] ^= 1;
        Path zip = Files.write(directory.resolve("f.zip"), bytes);
        assertThatThrownBy(() -> UnpackedCode.unpack(zip, List.of(), directory.resolve("code")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_directory_that_cannot_be_written_is_named_and_not_the_zip() throws IOException {
        Path zip = FunctionZip.ofClasses(Echo.class).write(directory.resolve("f.zip"));
        Path full = Files.writeString(directory.resolve("no-directory"), "");
        ZipFunction function = new ZipFunction(TestLambda.description("f", Echo.class), zip, List.of(), Map.of());
        assertThatThrownBy(() -> new DeployedCode(function, full.resolve("f"), line -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot write " + full)
                .hasMessageContaining("-Djava.io.tmpdir")
                .hasMessageNotContaining("build it");
    }

    @Test
    void a_zip_over_lambdas_limit_is_refused_before_it_is_written() throws IOException {
        Path zip = new FunctionZip().with("large", new byte[262_144_001]).write(directory.resolve("f.zip"));
        assertThatThrownBy(() -> UnpackedCode.unpack(zip, List.of(), directory.resolve("code")))
                .hasMessageContaining("Unzipped size must be smaller than 262144000 bytes");
    }

    @Test
    void a_function_finds_classes_of_its_layer() throws Exception {
        Path layer = FunctionZip.ofJar("java/lib/many.jar", Many.class).write(directory.resolve("layer.zip"));
        Path zip = new FunctionZip().with("lib/notes.txt", new byte[1]).write(directory.resolve("f.zip"));
        try (TestLambda lambda = TestLambda.start(LambdaSettings.defaults())) {
            FunctionDescription definition = TestLambda.description("f", Many.class);
            lambda.api().deploy(new ZipFunction(definition, zip, List.of(layer), Map.of()));
            assertThat(lambda.call("f", "1")).isEqualTo("1");
        }
    }
}
