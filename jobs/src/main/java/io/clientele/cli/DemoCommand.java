package io.clientele.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clientele demo}. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
