package io.clientele.config;

import io.clientele.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of configuration files: {@code lake.yaml}, one file per job, one per source. */
public record ConfigFolder(Path path) {

    public ConfigFolder {
        if (!Files.isDirectory(path)) {
            throw Failure.configuration("%s: no such configuration folder; name one with --conf", path);
        }
    }

    /** Reads {@code <name>.yaml}. */
    public <C> C read(String name, Class<C> type) {
        return ConfigFile.read(path.resolve(name + ".yaml"), type);
    }

    /** Reads every YAML file of a sub-folder; the key is the file's name without its ending, in alphabetical order. */
    public <C> Map<String, C> readAll(String folder, Class<C> type) {
        Path directory = path.resolve(folder);
        if (!Files.isDirectory(directory)) {
            throw Failure.configuration("%s: no such folder", directory);
        }
        Map<String, C> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .forEach(file -> all.put(
                            file.getFileName().toString().replaceFirst("\\.yaml$", ""), ConfigFile.read(file, type)));
        } catch (IOException e) {
            throw Failure.configuration("%s: cannot be listed", directory);
        }
        return all;
    }
}
