package io.clientele.cli;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Bucket;
import io.clientele.lake.Delivery;
import io.clientele.lake.Finding;
import io.clientele.lake.Finding.Verdict;
import io.clientele.lake.ObjectStore;
import io.clientele.lake.StoreCheck;
import io.clientele.run.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele store}. */
@Command(
        name = "store",
        description = "Looks after the raw zone and the lake where they are in an object store (s3a://).",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND")
final class StoreCommand implements Runnable {

    /** What is done with an open store. */
    private interface Work<T> {
        T with(ObjectStore store) throws IOException;
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(
            name = "init",
            description = "Makes the buckets; old versions are kept in them for some days, and then forgotten.",
            mixinStandardHelpOptions = true)
    int init(
            @Mixin Where where,
            @Option(
                            names = "--raw-versions",
                            paramLabel = "DAYS",
                            defaultValue = "90",
                            description = "How long raw files that were replaced are kept (default: ${DEFAULT-VALUE}).")
                    int rawDays,
            @Option(
                            names = "--lake-versions",
                            paramLabel = "DAYS",
                            defaultValue = "7",
                            description =
                                    "How long what the lake deletes can be had back; what is erased is gone only then"
                                            + " (default: ${DEFAULT-VALUE}).")
                    int lakeDays) {
        List<Finding> raw = found(where, where.raw(), store -> prepared(store, "raw", rawDays));
        List<Finding> lake = found(where, where.lake(), store -> prepared(store, "lake", lakeDays));
        return exitCode(raw, lake);
    }

    private static List<Finding> prepared(ObjectStore store, String name, int days) throws IOException {
        Bucket bucket = new Bucket(store);
        return List.of(bucket.make(), bucket.keepVersions(), bucket.forget(name, days));
    }

    @Command(
            name = "deliver",
            description = "Brings the files of a folder into the raw zone. What is there already is not sent again.",
            mixinStandardHelpOptions = true)
    int deliver(
            @Mixin Where where,
            @Parameters(paramLabel = "DIR", description = "The folder; the raw zone gets its files by the same names.")
                    Path folder,
            @Option(
                            names = "--at-once",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "How many files at the same time (default: ${DEFAULT-VALUE}).")
                    int atOnce) {
        Delivery.Parcel parcel = Delivery.parcel(folder);
        try (DeliveryProgress progress = new DeliveryProgress(spec.commandLine().getErr(), parcel)) {
            at(where, where.raw(), store -> {
                new Delivery(store, progress).bring(parcel, atOnce);
                return parcel;
            });
            out().println(progress.summary() + " in " + where.raw() + ".");
        }
        return ExitCode.OK.code();
    }

    @Command(name = "list", description = "Lists the files of the raw zone.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Where where,
            @Parameters(
                            paramLabel = "START",
                            arity = "0..1",
                            defaultValue = "",
                            description = "Only those whose names begin so, such as crm/.")
                    String start) {
        TextTable table = new TextTable(List.of("file", "bytes", "written at"), 1);
        at(where, where.raw(), store -> {
            store.list(
                    start,
                    object -> table.add(
                            object.name(),
                            String.format(Locale.ROOT, "%,d", object.size()),
                            object.writtenAt().truncatedTo(ChronoUnit.SECONDS).toString()));
            return store;
        });
        table.print(out());
        return ExitCode.OK.code();
    }

    @Command(
            name = "doctor",
            description = "Tries all that a night needs of the store, and says what is wrong.",
            mixinStandardHelpOptions = true)
    int doctor(@Mixin Where where) {
        List<Finding> raw = found(where, where.raw(), store -> new StoreCheck(store, Clock.systemUTC()).ofRaw());
        List<Finding> lake = found(where, where.lake(), store -> new StoreCheck(store, Clock.systemUTC()).ofLake());
        return exitCode(raw, lake);
    }

    /** What was found in a place, and told; nothing where there is no object store. */
    private List<Finding> found(Where where, String place, Work<List<Finding>> work) {
        out().println(place);
        if (!ObjectStore.holds(place)) {
            out().println("  is not in an object store");
            return List.of();
        }
        List<Finding> findings = at(where, place, work);
        findings.forEach(finding -> out().println("  %-11s  %-18s  %s"
                .formatted(finding.verdict().words(), finding.what(), finding.words())
                .stripTrailing()));
        return findings;
    }

    private static int exitCode(List<Finding> raw, List<Finding> lake) {
        return Stream.concat(raw.stream(), lake.stream()).anyMatch(finding -> finding.verdict() == Verdict.FAILED)
                ? ExitCode.STORAGE.code()
                : ExitCode.OK.code();
    }

    private <T> T at(Where where, String place, Work<T> work) {
        try (ObjectStore store = ObjectStore.open(place, Session.hadoop(where.spark()))) {
            return work.with(store);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.STORAGE,
                    "%s: %s; scripts/clientele store doctor tells more".formatted(place, ObjectStore.words(e)),
                    e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
