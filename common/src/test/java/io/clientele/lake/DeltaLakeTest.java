package io.clientele.lake;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake.WriteId;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class DeltaLakeTest {

    private static final Table MEMBERS = members(Members.values());
    private static final Table OLD_MEMBERS = members(Members.MEMBER_ID, Members.NAME);
    private static final String SECRET = "Zebulon";

    /** Columns of a table with personal data. */
    private enum Members implements Field {
        MEMBER_ID(ColumnSpec.text("The member").required()),
        NAME(ColumnSpec.text("The member's name").french("nom").personal()),
        JOINED_ON(ColumnSpec.day("Since when").french("date d'adhésion")),
        POINTS(ColumnSpec.money("The member's points"));

        private final ColumnSpec spec;

        Members(ColumnSpec spec) {
            this.spec = spec;
        }

        @Override
        public ColumnSpec spec() {
            return spec;
        }
    }

    @TempDir
    private Path folder;

    private DeltaLake lake;
    private Dataset<Row> ann;
    private Dataset<Row> bob;

    @BeforeEach
    void open(SparkSession spark) {
        lake = new DeltaLake(spark, folder.toString());
        ann = rows(spark, MEMBERS, """
                member_id | name    | joined_on  | points
                ann       | Zebulon | 2025-01-31 | 3.5
                """);
        bob = rows(spark, MEMBERS, """
                member_id | name
                bob       | Bob
                """);
    }

    @Test
    void shouldNameEveryColumnThatBreaksTheContract() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lake.replace(
                        MEMBERS,
                        ann.drop("name").withColumn("joined_on", lit("2025")).withColumn("mood", lit(1))))
                .withMessageContaining("mart.members")
                .withMessageContaining("missing column name")
                .withMessageContaining("column joined_on is string, not date")
                .withMessageContaining("unexpected column mood");
        assertThat(lake.has(MEMBERS)).isFalse();
    }

    @Test
    void shouldSayThatATableWasNeverWritten() {
        assertThatThrownBy(() -> lake.read(MEMBERS))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT))
                .hasMessageContaining("mart.members");
    }

    @Test
    void shouldGiveTheFirstOfTheDays(SparkSession spark) {
        lake.replace(MEMBERS, ann);

        assertThat(spark.sql("select min(joined_on) from delta.`" + lake.location(MEMBERS) + "`")
                        .head())
                .hasToString("[2025-01-31]");
    }

    @Test
    void shouldReplaceEveryRow() {
        lake.replace(MEMBERS, ann.unionByName(bob));
        var written = lake.replace(MEMBERS, ann.select("points", "joined_on", "name", "member_id"));

        assertThat(written.rows()).isEqualTo(1);
        assertThat(written.version()).isEqualTo(lake.version(MEMBERS));
        assertRows(lake.read(MEMBERS), MEMBERS, """
                member_id | name    | joined_on  | points
                ann       | Zebulon | 2025-01-31 | 3.5
                """);
    }

    @Test
    void shouldAppendTheSameWriteOnce() {
        var first = lake.append(MEMBERS, ann, new WriteId("night", 1));
        var again = lake.append(MEMBERS, ann, new WriteId("night", 1));
        var next = lake.append(MEMBERS, bob, new WriteId("night", 2));
        var other = lake.append(MEMBERS, bob, new WriteId("day", 1));

        assertThat(Stream.of(first, again, next, other).map(Lake.Written::rows)).containsExactly(1L, 0L, 1L, 1L);
        assertRows(lake.read(MEMBERS), MEMBERS, """
                member_id
                ann
                bob
                bob
                """);
    }

    @Test
    void shouldReviseTheRowsOfAKeyAndNoOther(SparkSession spark) {
        lake.replace(MEMBERS, ann.unionByName(bob));
        long before = lake.version(MEMBERS);
        var changed = rows(spark, MEMBERS, """
                member_id | name | points
                bob       | Rob  | 9
                eve       | Eve  | 1
                """);

        var written = lake.revise(MEMBERS, changed.select("member_id"), changed);

        assertThat(written.rows()).isEqualTo(2);
        assertRows(lake.read(MEMBERS), MEMBERS, """
                member_id | name
                ann       | Zebulon
                bob       | Rob
                eve       | Eve
                """);
        var changes = lake.changes(MEMBERS, before).orElseThrow();
        assertRows(changes.inserted(), MEMBERS, """
                member_id | name
                bob       | Rob
                eve       | Eve
                """);
        assertRows(changes.deleted(), MEMBERS, """
                member_id | name
                bob       | Bob
                """);
        assertThat(List.of(changes.inserted(), changes.deleted()))
                .allSatisfy(rows -> assertThat(rows.inputFiles()).isNotEmpty().allSatisfy(file -> assertThat(file)
                        .contains("/_change_data/")));
        assertThat(feed(spark, before + 1)).containsExactlyInAnyOrder("bob delete", "bob insert", "eve insert");
        assertRows(lake.read(MEMBERS, before).orElseThrow(), MEMBERS, """
                member_id | name
                ann       | Zebulon
                bob       | Bob
                """);
    }

    @Test
    void shouldNetWhatCameAndWentAgain(SparkSession spark) {
        lake.replace(MEMBERS, ann);
        long before = lake.version(MEMBERS);
        lake.append(MEMBERS, bob, new WriteId("night", 1));
        lake.revise(MEMBERS, bob.select("member_id"), bob.withColumn("name", lit("Night")));
        lake.revise(MEMBERS, ann.select("member_id"), ann);
        lake.replace(MEMBERS, lake.read(MEMBERS));

        var changes = lake.changes(MEMBERS, before).orElseThrow();

        assertRows(changes.inserted(), MEMBERS, """
                member_id | name
                bob       | Night
                """);
        assertThat(changes.deleted().isEmpty()).isTrue();
    }

    @Test
    void shouldLetATableOfAnOlderVersionTellItsChanges(SparkSession spark) {
        lake.replace(MEMBERS, ann.unionByName(bob));
        spark.sql("ALTER TABLE delta.`" + lake.location(MEMBERS)
                + "` UNSET TBLPROPERTIES ('delta.enableChangeDataFeed')");

        lake.revise(MEMBERS, ann.select("member_id"), ann.limit(0));

        assertThat(feed(spark, lake.version(MEMBERS))).containsExactly("ann delete");
    }

    /** What anybody who reads Delta is told of changes since a version. */
    private List<String> feed(SparkSession spark, long since) {
        return spark.read()
                .format("delta")
                .option("readChangeFeed", "true")
                .option("startingVersion", since)
                .load(lake.location(MEMBERS))
                .select(concat_ws(" ", col("member_id"), col("_change_type")))
                .as(Encoders.STRING())
                .collectAsList();
    }

    @Test
    void shouldTellWhatHasChangedAlsoAcrossACompaction(SparkSession spark) {
        lake.append(MEMBERS, ann, new WriteId("night", 1));
        long before = lake.version(MEMBERS);
        lake.append(MEMBERS, bob, new WriteId("night", 2));
        spark.sql("OPTIMIZE delta.`" + lake.location(MEMBERS) + "`");
        var nobody = bob.limit(0);
        lake.revise(MEMBERS, ann.select("member_id"), nobody);

        var changes = lake.changes(MEMBERS, before).orElseThrow();

        assertRows(changes.inserted(), MEMBERS, """
                member_id
                bob
                """);
        assertRows(changes.deleted(), MEMBERS, """
                member_id
                ann
                """);
        assertThat(lake.changes(MEMBERS, lake.version(MEMBERS))
                        .orElseThrow()
                        .inserted()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void shouldNotGuessWhatHasChangedWhenTheFilesOfThenAreGone(SparkSession spark) {
        lake.replace(MEMBERS, ann);
        long before = lake.version(MEMBERS);
        lake.replace(MEMBERS, bob);
        assertThat(lake.changes(MEMBERS, before)).isPresent();

        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        try {
            spark.sql("VACUUM delta.`" + lake.location(MEMBERS) + "` RETAIN 0 HOURS");
        } finally {
            spark.conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
        }

        assertThat(lake.changes(MEMBERS, before)).isEmpty();
        assertThat(lake.read(MEMBERS, before)).isEmpty();
    }

    @Test
    void shouldReadOnlyTheFilesThatHaveAKey(SparkSession spark) {
        lake.append(MEMBERS, ann, new WriteId("night", 1));
        lake.append(MEMBERS, bob, new WriteId("night", 2));

        var found = lake.matching(MEMBERS, bob.select("member_id"));

        assertRows(found, MEMBERS, """
                member_id | name
                bob       | Bob
                """);
        assertThat(found.inputFiles()).hasSize(1);
        assertThat(lake.matching(MEMBERS, bob.select("member_id").limit(0)).isEmpty())
                .isTrue();
    }

    @Test
    void shouldJudgeARevisionByItsRowsAndTheWholeTable() {
        List<Inspector.Stored> stored = new ArrayList<>();
        DeltaLake inspected = new DeltaLake(
                SparkSession.active(), folder.toString(), (table, rows) -> new Inspector.Inspection(rows, stored::add));
        inspected.replace(MEMBERS, ann);
        inspected.revise(MEMBERS, bob.select("member_id"), bob);

        assertThat(stored).extracting(Inspector.Stored::count).containsExactly(1L, 1L);
        assertThat(stored).extracting(Inspector.Stored::total).containsExactly(1L, 2L);
    }

    @Test
    void shouldKeepPersonalValuesOutOfTheLog(SparkSession spark) throws IOException {
        lake.replace(MEMBERS, ann.unionByName(bob));
        lake.append(MEMBERS, ann, new WriteId("night", 1));
        lake.replace(MEMBERS, ann);

        String log = log();

        assertThat(log).doesNotContain(SECRET).contains("numRecords").contains("\\\"ann\\\"");
        assertThat(spark.sql("SHOW TBLPROPERTIES delta.`" + lake.location(MEMBERS) + "`")
                        .collectAsList())
                .extracting(row -> row.getString(0) + "=" + row.getString(1))
                .contains(
                        "delta.enableDeletionVectors=false",
                        "delta.dataSkippingStatsColumns=member_id",
                        "clientele.purpose=knowing who belongs",
                        "clientele.retention=P3Y");
    }

    @Test
    void shouldKeepPersonalKeysOutOfTheLogToo() throws IOException {
        Table byName = Table.in(Layer.MART, "members")
                .of(Members.values())
                .row("one member")
                .key(Members.NAME)
                .heldFor(Period.ofYears(3), "knowing who belongs")
                .build();

        lake.replace(byName, ann);

        assertThat(log()).doesNotContain(SECRET).doesNotContain("\\\"ann\\\"");
    }

    @Test
    void shouldStoreTheCommentsOfColumns(SparkSession spark) {
        lake.replace(OLD_MEMBERS, ann.select("member_id", "name"));
        lake.replace(MEMBERS, ann);

        assertThat(Arrays.stream(stored(spark)).map(field -> field.getComment().get()))
                .containsExactlyInAnyOrder(
                        "The member", "The member's name (nom)", "Since when (date d'adhésion)", "The member's points");
    }

    @Test
    void shouldRefuseATableOfANewerVersion() {
        lake.replace(MEMBERS, ann);

        Stream.<Runnable>of(
                        () -> lake.read(OLD_MEMBERS),
                        () -> lake.replace(OLD_MEMBERS, ann.select("member_id", "name")),
                        () -> lake.append(OLD_MEMBERS, ann.select("member_id", "name"), new WriteId("night", 1)))
                .forEach(opening -> assertThatThrownBy(opening::run)
                        .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.exitCode())
                                .isEqualTo(ExitCode.INCOMPATIBLE))
                        .hasMessageContaining("mart.members")
                        .hasMessageContaining("joined_on, points"));
        assertThat(lake.read(MEMBERS).count()).isEqualTo(1);
    }

    @Test
    void shouldBringAnOlderTableUp() {
        lake.replace(OLD_MEMBERS, bob.select("member_id", "name"));

        assertRows(lake.read(MEMBERS), MEMBERS, """
                member_id | name | joined_on | points
                bob       | Bob  |           |
                """);

        var written = lake.append(MEMBERS, ann, new WriteId("night", 1));

        assertThat(written.rows()).isEqualTo(1);
        assertRows(lake.read(MEMBERS), MEMBERS, """
                member_id | name    | joined_on  | points
                bob       | Bob     |            |
                ann       | Zebulon | 2025-01-31 | 3.5
                """);
    }

    @Test
    void shouldRefuseNullInARequiredColumn(SparkSession spark) {
        lake.replace(MEMBERS, bob);
        var nameless = rows(spark, MEMBERS, "name\nNobody");

        assertThatThrownBy(() -> lake.append(MEMBERS, nameless, new WriteId("night", 1)))
                .hasStackTraceContaining("member_id");
        assertThat(lake.read(MEMBERS).count()).isEqualTo(1);
    }

    private StructField[] stored(SparkSession spark) {
        return spark.read()
                .format("delta")
                .load(lake.location(MEMBERS))
                .schema()
                .fields();
    }

    private String log() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(lake.location(MEMBERS), "_delta_log"))) {
            var text = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    private static Table members(Field... columns) {
        return Table.in(Layer.MART, "members")
                .of(columns)
                .row("one member")
                .key(Members.MEMBER_ID)
                .heldFor(Period.ofYears(3), "knowing who belongs")
                .build();
    }
}
