package io.clientele.testing;

import io.clientele.run.Session;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A test whose methods may ask for a {@link SparkSession}: the same one for all tests of the JVM, made as jobs make it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SparkTest.Sessions.class)
public @interface SparkTest {

    /** Hands out the session; it ends with the JVM. */
    final class Sessions implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

        /** The session is there before the test's own code starts one with other settings. */
        @Override
        public void beforeAll(ExtensionContext test) {
            Holder.SESSION.version();
        }

        /** What a test has cached does not take the memory of the next. */
        @Override
        public void afterAll(ExtensionContext test) {
            Holder.SESSION.catalog().clearCache();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == SparkSession.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return Holder.SESSION;
        }
    }

    /** Starts the session when it is first asked for. */
    final class Holder {
        private static final SparkSession SESSION = Session.start(Map.of(
                "spark.master", "local[2]",
                "spark.sql.shuffle.partitions", "2",
                // For little data, compiling a query takes longer than interpreting it.
                "spark.sql.codegen.wholeStage", "false",
                "spark.sql.codegen.factoryMode", "NO_CODEGEN",
                "spark.databricks.delta.snapshotPartitions", "1",
                "spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false",
                "spark.hadoop.fs.full.impl", FailingFileSystem.Full.class.getName(),
                "spark.hadoop.fs.readonly.impl", FailingFileSystem.ReadOnly.class.getName(),
                "spark.delta.logStore.full.impl", "io.delta.storage.LocalLogStore",
                "spark.sql.warehouse.dir",
                        Path.of("target", "warehouse").toAbsolutePath().toString()));

        private Holder() {}
    }
}
