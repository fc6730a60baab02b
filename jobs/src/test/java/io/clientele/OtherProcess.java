package io.clientele;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, as the launcher starts it. */
public final class OtherProcess {

    private OtherProcess() {}

    public static List<String> command(List<String> arguments) {
        return command(Main.class, "1g", arguments);
    }

    /** Any program, with a heap so large. */
    public static List<String> command(Class<?> main, String heap, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-XX"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
