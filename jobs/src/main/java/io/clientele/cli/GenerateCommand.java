package io.clientele.cli;

import io.clientele.failure.ExitCode;
import io.clientele.generate.Retailer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clientele generate}. */
@Command(
        name = "generate",
        description = "Writes the files of a French retailer that never was, of any size, and the truth beside them.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class GenerateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--customers",
            required = true,
            paramLabel = "N",
            description = "How many persons, 1 to 100000000; about 5 order lines each in half a year.")
    private long customers;

    @Option(
            names = "--days",
            required = true,
            paramLabel = "D",
            description = "How many days of orders and events, 1 to 3660: one file per source and day.")
    private int days;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Any number; the same gives the same bytes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where to write: DIR/raw for --raw, DIR/truth for who is who; a new or empty folder.")
    private Path out;

    @Option(
            names = "--until",
            defaultValue = "2025-11-30",
            paramLabel = "YYYY-MM-DD",
            description = "The last day (default: ${DEFAULT-VALUE}).")
    private LocalDate until;

    @Option(
            names = "--nights",
            defaultValue = "3",
            paramLabel = "K",
            description =
                    "Over how many of the last nights contacts, consents and products are delivered: a stock, then"
                            + " what is new (default: ${DEFAULT-VALUE}).")
    private int nights;

    @Override
    public Integer call() {
        Retailer.Tally tally =
                new Retailer(settings()).generate(out, Runtime.getRuntime().availableProcessors());
        PrintWriter text = spec.commandLine().getOut();
        text.println("Files in " + out.resolve("raw") + ", the truth in " + out.resolve("truth") + ":");
        line(text, tally.persons(), "persons");
        line(text, tally.contacts(), "contact records");
        line(text, tally.orderLines(), "order lines");
        line(text, tally.events(), "events");
        line(text, tally.consents(), "consents");
        line(text, tally.products(), "products");
        line(text, tally.companies(), "legal units and establishments of the register of companies");
        line(text, tally.malformed(), "of these records are malformed, on purpose");
        text.println("Next: scripts/clientele run nightly --date " + until + " --raw " + out.resolve("raw"));
        return ExitCode.OK.code();
    }

    private Retailer.Settings settings() {
        try {
            return new Retailer.Settings(customers, days, seed, until, nights, Retailer.USUAL_MALFORMED_SHARE);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void line(PrintWriter text, long count, String what) {
        text.println(String.format(Locale.ROOT, "%,14d  %s", count, what));
    }
}
