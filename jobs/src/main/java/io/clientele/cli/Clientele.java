package io.clientele.cli;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.failure.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "clientele",
        description = "Turns raw customer files into curated Delta datamarts, night after night.",
        mixinStandardHelpOptions = true,
        versionProvider = Clientele.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PlanCommand.class,
            SqlCommand.class,
            RollbackCommand.class,
            StoreCommand.class,
            GenerateCommand.class,
            MatchCommand.class,
            ExplainCommand.class,
            DictionaryCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:a fault of the program; the log has the place",
            "2:the command line is wrong",
            "3:a configuration file is wrong",
            "4:an expected input is missing",
            "5:the counts do not balance, nothing more was done",
            "6:another run is writing to the lake; try again later",
            "7:the lake cannot be read or written: disk full, read-only, no permission",
            "8:the lake was written by a newer version",
            "9:a quality rule stopped the night before bad rows were published",
            "10:the store or the network did not answer, several times; run again later",
            "143:the run was told to stop, and did; run again"
        })
public final class Clientele implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--logs",
            scope = ScopeType.INHERIT,
            paramLabel = "text|json",
            description = "How warnings and errors are logged to stderr (default: text).")
    void logs(Logs.Format format) {
        Logs.use(format);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Runs a command line and gives the exit code; whatever goes wrong ends in one line on stderr. */
    public static int execute(String... arguments) {
        Logs.use(Logs.Format.TEXT);
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Clientele())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command))
                .setParameterExceptionHandler((e, rest) -> misused(e));
        commandLine.getSubcommands().get("generate-completion").setHelpSectionMap(commandLine.getHelpSectionMap());
        return commandLine;
    }

    private static int failed(Exception e, CommandLine command) {
        if (e instanceof Failure failure) {
            command.getErr().println("clientele: " + failure.getMessage());
            return failure.exitCode().code();
        }
        Optional<StorageFault> fault = StorageFault.of(e);
        if (fault.isPresent()) {
            command.getErr()
                    .println("clientele: the files or the lake cannot be read or written ("
                            + fault.get().words() + "); give access or make room, then try again");
            return ExitCode.STORAGE.code();
        }
        StackTraceElement place = e.getStackTrace().length > 0 ? e.getStackTrace()[0] : null;
        command.getErr().println("clientele: unexpected " + e.getClass().getSimpleName() + " at " + place);
        return ExitCode.BUG.code();
    }

    private static int misused(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("clientele: " + e.getMessage() + "; see "
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }

    /** The version that the build wrote down. */
    static final class Version implements IVersionProvider {
        static String number() {
            try (InputStream in = Clientele.class.getResourceAsStream("/clientele.properties")) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String[] getVersion() {
            return new String[] {"clientele " + number()};
        }
    }
}
