package io.clientele.lake;

import io.clientele.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where rows are kept that were refused, for whoever has to find out why: those of the last refused write of each table,
 * until the table is written again.
 */
public final class RefusedRows {

    /** The schema of refused rows in SQL. */
    public static final String SCHEMA = "refused";

    private final Path folder;
    private final Configuration hadoop;

    public RefusedRows(String lakeRoot, Configuration hadoop) {
        this.folder = new Path(lakeRoot, "_clientele/refused");
        this.hadoop = hadoop;
    }

    /** The name in SQL under which a table's refused rows are found. */
    public static String nameInSql(Table table) {
        return SCHEMA + "." + table.layer().schema() + "_" + table.name();
    }

    public boolean has(Table table) {
        try {
            return fileSystem().exists(location(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of Parquet files with a table's refused rows. */
    public Path location(Table table) {
        return new Path(folder, table.qualifiedName());
    }

    /** Takes files over that no version of the table names. */
    void keep(Table table, List<Path> files) {
        clear(table);
        try {
            fileSystem().mkdirs(location(table));
            for (Path file : files) {
                Path kept = new Path(location(table), file.getName());
                if (!fileSystem().rename(file, kept)) {
                    throw new IOException("cannot rename " + file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void clear(Table table) {
        try {
            fileSystem().delete(location(table), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileSystem fileSystem() throws IOException {
        return folder.getFileSystem(hadoop);
    }
}
