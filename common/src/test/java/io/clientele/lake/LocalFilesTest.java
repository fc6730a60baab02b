package io.clientele.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has other permissions")
    void shouldSetPermissionsAsHadoopDoes() throws IOException {
        Path file = Files.writeString(folder.resolve("a b"), "x");
        FileSystem files = fileSystem();

        files.setPermission(new org.apache.hadoop.fs.Path(file.toUri()), new FsPermission("640"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(files.getFileStatus(new org.apache.hadoop.fs.Path(file.toUri()))
                        .getPermission())
                .hasToString("rw-r-----");
    }

    @Test
    void shouldNotFindAFolderBelowAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThat(fileSystem()
                        .exists(new org.apache.hadoop.fs.Path(
                                file.resolve("_delta_log").toUri())))
                .isFalse();
    }

    private FileSystem fileSystem() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", LocalFiles.class.getName());
        return FileSystem.newInstance(folder.toUri(), hadoop);
    }
}
