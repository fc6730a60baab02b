package io.clientele.cli;

import io.clientele.Jobs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code clientele dictionary}. */
@Command(
        name = "dictionary",
        description = "Prints the data dictionary: every table and column, in English and French, as Markdown.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class DictionaryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Dictionary.of(Jobs.tables()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
