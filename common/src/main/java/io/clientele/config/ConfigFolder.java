package io.clientele.config;

import io.clientele.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** A folder of configuration files: {@code lake.yaml}, one file per job, one per source. It knows which of them were read. */
public final class ConfigFolder {

    private final Path path;
    private final SortedSet<String> read = new TreeSet<>();

    public ConfigFolder(Path path) {
        if (!Files.isDirectory(path)) {
            throw Failure.configuration("%s: no such configuration folder; name one with --conf", path);
        }
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** The same folder, of which nothing was read. */
    public ConfigFolder unread() {
        return new ConfigFolder(path);
    }

    /** A file, which need not be there, to be read by who asks. */
    public Path file(String name) {
        read.add(name);
        return path.resolve(name);
    }

    /** What tells whether a file that was read is another now, or is there, or is not. */
    public String digest() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String name : read) {
            Path file = path.resolve(name);
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            try {
                digest.update(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
            } catch (IOException e) {
                throw Failure.configuration("%s: cannot be read", file);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Reads {@code <name>.yaml}. */
    public <C> C read(String name, Class<C> type) {
        return ConfigFile.read(file(name + ".yaml"), type);
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
