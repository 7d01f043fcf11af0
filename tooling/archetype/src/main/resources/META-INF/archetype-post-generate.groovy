// An archive of Java does not keep the right to execute.
new File(request.outputDirectory, request.artifactId + '/mvnw').setExecutable(true)
