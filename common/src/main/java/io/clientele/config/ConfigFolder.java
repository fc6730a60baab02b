package io.clientele.config;

import io.clientele.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** A complaint about a key of {@code <name>.yaml} (such as {@code rules.vat.holds}) that was found after reading it. */
    public Failure complaint(String name, String key, String complaint) {
        return ConfigFile.complaint(path.resolve(name + ".yaml"), key, complaint);
    }

    /** Reads every YAML file of a sub-folder; the key is the file's name without its ending, in alphabetical order. */
    public <C> Map<String, C> readAll(String folder, Class<C> type) {
        Map<String, C> all = new TreeMap<>();
        names(folder).forEach(name -> all.put(name, read(folder + "/" + name, type)));
        return all;
    }

    /** The YAML files of a sub-folder, without their ending, in alphabetical order. */
    public List<String> names(String folder) {
        Path directory = path.resolve(folder);
        if (!Files.isDirectory(directory)) {
            throw Failure.configuration("%s: no such folder", directory);
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replaceFirst("\\.yaml$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.configuration("%s: cannot be listed", directory);
        }
    }
}
