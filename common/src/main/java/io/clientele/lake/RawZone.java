package io.clientele.lake;

import io.clientele.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The folder into which sources deliver their files. It is only read; it travels to the executors, which read it. */
public final class RawZone implements Serializable {

    private static final long serialVersionUID = 1L;
    private final String root;
    private final SerializableConfiguration hadoop;

    public RawZone(String root, Configuration hadoop) {
        this.root = root;
        this.hadoop = new SerializableConfiguration(hadoop);
    }

    /**
     * A delivered file.
     *
     * @param name relative to the raw zone, so that moving the zone changes nothing
     * @param size in bytes
     */
    public record RawFile(String name, long size, Instant modifiedAt) implements Serializable {}

    /**
     * The files that a pattern matches, by name. Hidden files and those of size unknown are the business of whoever is
     * still writing them: names that start with a dot or an underscore are left alone.
     *
     * @param glob relative to the raw zone
     * @throws Failure (input) if the folder that the pattern starts with does not exist
     */
    public List<RawFile> list(String source, String glob) {
        Path pattern = new Path(root, glob);
        try {
            FileSystem fileSystem = pattern.getFileSystem(hadoop.value());
            Path folder = fixedFolder(glob);
            if (!fileSystem.exists(folder)) {
                throw Failure.input(
                        "source %s: the folder %s does not exist; check --raw and conf/sources/%s.yaml",
                        source, folder, source);
            }
            FileStatus[] found = fileSystem.globStatus(
                    pattern,
                    path -> !path.getName().startsWith(".") && !path.getName().startsWith("_"));
            Path base = fileSystem.makeQualified(new Path(root));
            return Arrays.stream(found == null ? new FileStatus[0] : found)
                    .filter(FileStatus::isFile)
                    .map(file -> new RawFile(
                            relative(base, file.getPath()),
                            file.getLen(),
                            Instant.ofEpochMilli(file.getModificationTime())))
                    .sorted(Comparator.comparing(RawFile::name))
                    .toList();
        } catch (UnknownStoreException e) {
            throw Failure.input(
                    "source %s: there is no bucket for %s; check --raw, or make it with scripts/clientele store init",
                    source, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By which a changed file is told. */
    public String sha256(String file) {
        try (InputStream in = open(file)) {
            return DigestUtils.sha256Hex(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a file by its name in the zone. */
    public InputStream open(String name) throws IOException {
        Path path = path(name);
        return path.getFileSystem(hadoop.value()).open(path);
    }

    public String root() {
        return root;
    }

    /** Where a file is. */
    public Path path(String name) {
        return new Path(root, name);
    }

    public Configuration hadoop() {
        return hadoop.value();
    }

    /** The rows of Parquet files, with Spark's {@code _metadata}. */
    public Dataset<Row> parquet(SparkSession spark, List<String> names) {
        return spark.read()
                .parquet(names.stream().map(name -> path(name).toString()).toArray(String[]::new));
    }

    private Path fixedFolder(String glob) {
        Path folder = new Path(root);
        String[] steps = glob.split("/", -1);
        for (int i = 0; i < steps.length - 1 && steps[i].matches("[^*?\\[{]+"); i++) {
            folder = new Path(folder, steps[i]);
        }
        return folder;
    }

    private static String relative(Path base, Path file) {
        return base.toUri().relativize(file.toUri()).getPath();
    }
}
