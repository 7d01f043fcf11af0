package dev.pglambda.local.postgres;

/** A JVM with a server in it, for {@link EndOfServerTest}. */
final class ServerMain {

    private ServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        LocalPostgres postgres = LocalPostgres.start();
        System.out.println(postgres.dataDirectory());
        if (arguments[0].equals("wait")) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
