package io.clientele.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clientele generate}. */
@Command(name = "generate")
final class GenerateCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
