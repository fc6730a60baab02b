package io.clientele;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, as the launcher starts it. */
public final class OtherProcess {

    private OtherProcess() {}

    public static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-XX"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
