package io.clientele.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clientele.Jobs;
import io.clientele.run.Job;
import io.clientele.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clientele plan}. */
@Command(
        name = "plan",
        description = "Prints the jobs of the night in order, with the tables that they read and write.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class PlanCommand implements Callable<Integer> {

    /**
     * A job, as printed.
     *
     * @param after the jobs that must have ended before it may start
     */
    record Step(String job, List<String> after, List<String> reads, List<String> writes) {}

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "A table to read, or JSON (default: ${DEFAULT-VALUE}).")
    private RunCommand.Output output;

    @Override
    public Integer call() throws IOException {
        if (output == RunCommand.Output.TEXT) {
            Summary.printPlan(Jobs.NIGHTLY.jobs(), spec.commandLine().getOut());
            return 0;
        }
        List<Step> steps = Jobs.NIGHTLY.jobs().stream()
                .map(job -> new Step(
                        job.name(),
                        Jobs.NIGHTLY.before(job).stream().map(Job::name).toList(),
                        Summary.sorted(job.reads()).stream()
                                .map(Table::qualifiedName)
                                .toList(),
                        Summary.sorted(job.writes()).stream()
                                .map(Table::qualifiedName)
                                .toList()))
                .toList();
        spec.commandLine()
                .getOut()
                .println(new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(steps));
        return 0;
    }
}
