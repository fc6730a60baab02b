package io.clientele;

import io.clientele.cli.Clientele;

/** The program. Under a cluster's driver a failure is thrown, not exited, as resource managers want it. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        int code = Clientele.execute(arguments);
        boolean isSubmitted = System.getProperty("spark.master") != null
                && "cluster".equals(System.getProperty("spark.submit.deployMode"));
        if (isSubmitted) {
            if (code != 0) {
                throw new IllegalStateException("exit code " + code);
            }
        } else {
            System.exit(code);
        }
    }
}
