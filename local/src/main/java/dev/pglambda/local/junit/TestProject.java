package dev.pglambda.local.junit;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.PlatformSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What the project of a test class says about its database.
 *
 * @param function the description of its module; empty for a module that is no function
 * @param users the functions with a database in this module and beside it
 * @param initScripts the folder of scripts in this module or beside it; it need not exist
 */
record TestProject(Optional<FunctionDescription> function, List<String> users, Path initScripts) {

    /** Of a handler whose module has no description. */
    static final String HANDLER_USER = "handler";

    TestProject {
        users = List.copyOf(users);
    }

    /** Looks around the classes of the test: {@code target/test-classes} in a module. */
    static TestProject of(Class<?> test) {
        try {
            Path classes = Path.of(
                    test.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path module = classes.resolve("../..").normalize();
            Path scripts = module.resolve(PlatformSettings.INIT_SCRIPTS);
            return new TestProject(
                    description(module),
                    users(module.getParent()),
                    Files.isDirectory(scripts) ? scripts : module.resolveSibling(PlatformSettings.INIT_SCRIPTS));
        } catch (URISyntaxException | IOException e) {
            throw new ExtensionConfigurationException("the description of the function cannot be read", e);
        }
    }

    /** The user that the handler logs in as: on AWS and on the local platform, it has the function's name too. */
    String user() {
        return function.filter(FunctionDescription::database)
                .map(FunctionDescription::name)
                .orElse(HANDLER_USER);
    }

    List<String> roles() {
        return function.map(FunctionDescription::roles).orElse(List.of());
    }

    /** The signatures of this function, if it is the module's. */
    List<String> signaturesOf(String name) {
        return function.filter(description -> description.name().equals(name))
                .map(FunctionDescription::sql)
                .orElse(List.of());
    }

    private static Optional<FunctionDescription> description(Path module) throws IOException {
        Path file = module.resolve(FunctionFolder.FILE);
        return Files.exists(file) ? Optional.of(FunctionDescription.read(file)) : Optional.empty();
    }

    private static List<String> users(Path project) throws IOException {
        List<String> users = new ArrayList<>(List.of(HANDLER_USER));
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module : modules.sorted().toList()) {
                description(module)
                        .filter(description -> description.database() && !description.installer())
                        .ifPresent(description -> users.add(description.name()));
            }
        }
        return users;
    }
}
