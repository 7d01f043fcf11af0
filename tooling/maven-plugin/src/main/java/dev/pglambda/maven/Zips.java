package dev.pglambda.maven;

import java.nio.file.Path;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Finds the zips of pglambda: in the build that makes them, in the local repository, or in a remote one. */
@Named
public class Zips {

    private final RepositorySystem repository;

    /** Called by Maven. */
    @Inject
    public Zips(RepositorySystem repository) {
        this.repository = repository;
    }

    /** The zip of an artifact of pglambda. */
    Path find(String artifactId, String version, MavenSession session) throws MojoExecutionException {
        var wanted = new DefaultArtifact(FunctionModule.GROUP, artifactId, "zip", version);
        var request =
                new ArtifactRequest(wanted, session.getCurrentProject().getRemoteProjectRepositories(), "pglambda");
        try {
            return repository
                    .resolveArtifact(session.getRepositorySession(), request)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }
}
