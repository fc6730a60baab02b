package io.clientele.cli;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.run.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele sql}. */
@Command(
        name = "sql",
        description =
                "Queries the lake, and only reads; every table is there under its layer's name. Without a query, opens a prompt, or reads queries from the standard input.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class SqlCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "QUERY", arity = "0..1", description = "A query, or several, each ended by a semicolon.")
    private String query;

    @Mixin
    private Where where;

    @Option(
            names = "--output",
            paramLabel = "table|csv|json",
            defaultValue = "table",
            description = "How rows are printed (default: ${DEFAULT-VALUE}).")
    private Results.Format format;

    @Option(
            names = "--unpublished",
            description =
                    "Shows marts as the last run left them, also one that failed half-way; else as they were last published together.")
    private boolean isUnpublished;

    @Override
    public Integer call() throws IOException {
        SparkSession spark = Session.start(where.spark());
        LakeCatalog.register(
                spark, where.lake(), isUnpublished ? LakeCatalog.Marts.LATEST : LakeCatalog.Marts.PUBLISHED);
        if (query != null) {
            answerAll(spark, query);
        } else if (!Watcher.isThere()) {
            answerAll(spark, new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        } else {
            prompt(spark);
        }
        return ExitCode.OK.code();
    }

    private void answerAll(SparkSession spark, String script) {
        Arrays.stream(script.split(";(?=(?:[^']*'[^']*')*[^']*$)"))
                .filter(statement -> !statement.isBlank())
                .forEach(statement -> answer(spark, statement));
    }

    private void answer(SparkSession spark, String statement) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ReadOnly.check(spark, statement);
            Results.print(spark.sql(statement), format, out);
        } catch (Failure failure) {
            throw failure;
        } catch (Exception e) { // the checked AnalysisException, which Scala does not declare
            throw new Failure(ExitCode.USAGE, reason(e), e);
        }
    }

    private static String reason(Exception e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return e instanceof SparkThrowable ? first : e.getClass().getSimpleName() + ": " + first;
    }

    private void prompt(SparkSession spark) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("clientele")
                    .build();
            terminal.writer()
                    .println("Queries end with a semicolon. show tables in mart; lists the marts. Ctrl-D leaves.");
            StringBuilder statement = new StringBuilder();
            while (true) {
                try {
                    statement
                            .append(reader.readLine(statement.isEmpty() ? "clientele> " : "        -> "))
                            .append('\n');
                    if (statement.toString().stripTrailing().endsWith(";")) {
                        String complete = statement.toString();
                        statement.setLength(0);
                        answerAll(spark, complete);
                    }
                } catch (UserInterruptException cleared) {
                    statement.setLength(0);
                } catch (EndOfFileException left) {
                    return;
                } catch (Failure failure) {
                    spec.commandLine().getErr().println(failure.getMessage());
                }
            }
        }
    }
}
