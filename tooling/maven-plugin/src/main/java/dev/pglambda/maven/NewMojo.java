package dev.pglambda.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.SourceVersion;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** Adds a function to a project with modules: its folder, with a typed handler and its test, and the line in pom.xml. */
@Mojo(name = "new", aggregator = true)
public class NewMojo extends AbstractMojo {

    private static final String LAST_MODULE = "</modules>";

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** The name of the function, of its folder and of its SQL function. */
    @Parameter(property = "name")
    private String name;

    /** Whether it uses the database. */
    @Parameter(property = "database", defaultValue = "false")
    private boolean database;

    /** The package above the function's own; the group of the project if there is no other. */
    @Parameter(property = "package", defaultValue = "${pglambda.package}")
    private String parentPackage;

    @Override
    public void execute() throws MojoExecutionException {
        checkName();
        Path folder = project.getBasedir().toPath().resolve(name);
        if (Files.exists(folder)) {
            throw new MojoExecutionException(folder + " is there already: choose another -Dname");
        }
        try {
            addModule();
            new FunctionTemplate(values(), database).write(folder);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write " + folder + ": " + e.getMessage(), e);
        }
        getLog().info(folder + " is there and part of the build. Try it: mvn -q pglambda:run -Dsql=\"SELECT " + name
                + "('tea', 3)\"");
    }

    private void checkName() throws MojoExecutionException {
        if (name == null) {
            throw new MojoExecutionException("name the function: mvn pglambda:new -Dname=quote");
        }
        if (!name.matches("[a-z][a-z0-9]{0,39}") || SourceVersion.isKeyword(name)) {
            throw new MojoExecutionException(
                    "'" + name + "' must be lower-case letters and digits, 40 at most, and no word"
                            + " of Java: it is also a Java package");
        }
    }

    private void addModule() throws IOException, MojoExecutionException {
        Path pom = project.getFile().toPath();
        String text = Files.readString(pom);
        int end = text.indexOf(LAST_MODULE);
        if (end < 0) {
            throw new MojoExecutionException(pom + " has no <modules>: run this where the pom.xml with the modules is");
        }
        int line = text.lastIndexOf('\n', end) + 1;
        String indent = text.substring(line, end);
        String module = indent + "    <module>" + name + "</module>\n";
        Files.writeString(pom, text.substring(0, line) + module + text.substring(line));
    }

    private Map<String, String> values() {
        String home = parentPackage == null ? project.getGroupId().replace('-', '_') : parentPackage;
        return Map.of(
                "function",
                name,
                "type",
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                "package",
                home,
                "packageInPathFormat",
                home.replace('.', '/'),
                "groupId",
                project.getGroupId(),
                "rootArtifactId",
                project.getArtifactId(),
                "version",
                project.getVersion());
    }
}
