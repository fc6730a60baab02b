package io.clientele.cli;

import io.clientele.failure.ExitCode;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.LakeLock;
import io.clientele.run.Publications;
import io.clientele.run.Publications.Publication;
import io.clientele.run.Session;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code clientele rollback}. */
@Command(
        name = "rollback",
        description =
                "Lets analysts see the marts as the night before left them; once more, those of the night before that. The next night that succeeds publishes its own.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class RollbackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Where where;

    @Override
    public Integer call() {
        SparkSession spark = Session.start(where.spark());
        try (LakeLock lock = LakeLock.acquire(
                where.lake(), spark.sessionState().newHadoopConf(), LakeLock.Owner.thisProcess("rollback"))) {
            Publication restored = new Publications(spark, new DeltaLake(spark, where.lake())).rollBack(Instant.now());
            spec.commandLine()
                    .getOut()
                    .printf(
                            "Analysts see the %d marts of %s again (publication %d restores %d).%n",
                            restored.versions().size(), restored.date(), restored.number(), restored.night());
        }
        return ExitCode.OK.code();
    }
}
