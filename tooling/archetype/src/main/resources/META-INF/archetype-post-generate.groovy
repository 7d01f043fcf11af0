// What an archetype's jar cannot carry: the right to execute, and a file that Maven leaves out of jars.
File project = new File(request.outputDirectory, request.artifactId)
new File(project, 'mvnw').setExecutable(true)
new File(project, '.gitignore').text = 'target/\n'
