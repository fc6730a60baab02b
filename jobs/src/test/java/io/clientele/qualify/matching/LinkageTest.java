package io.clientele.qualify.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class LinkageTest {

    private static final Map<String, Kind> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("name", Kind.FULL_NAME);
        COLUMNS.put("born", Kind.DATE);
        COLUMNS.put("mail", Kind.EMAIL);
    }

    private final List<Row> members = new ArrayList<>();
    private final List<Row> edges = new ArrayList<>();

    @Test
    void shouldKeepApartTwoPersonsWhomPoorRecordsTakeForOne() {
        member("a1", "ANNE ROC", "19640922", "ROC.ANNE@EXAMPLE.COM");
        member("a2", "ANNE ROC", null, "ROC.ANNE@EXAMPLE.COM");
        member("b1", "ANNE ROC", "19940120", "ZED75@EXAMPLE.COM");
        member("b2", "ANNE ROC", null, null);
        edge("a1", "a2", 0.99);
        edge("b1", "b2", 0.95);
        edge("a1", "b2", 0.9);
        edge("a2", "b2", 0.8);

        assertThat(groups(20, Decisions.NONE)).isEqualTo(Map.of("a1", "a1", "a2", "a1", "b1", "b1", "b2", "b1"));
    }

    @Test
    void shouldJoinWhatAgreesInAllThatIsKnown() {
        member("a1", "ANNE ROC", "19640922", null);
        member("a2", "ANNE ROC", "19640922", "ROC.ANNE@EXAMPLE.COM");
        member("a3", "ANNE ROC", null, "ROC.ANNE@EXAMPLE.COM");
        edge("a1", "a2", 0.99);
        edge("a2", "a3", 0.9);

        assertThat(groups(20, Decisions.NONE)).isEqualTo(Map.of("a1", "a1", "a2", "a1", "a3", "a1"));
    }

    @Test
    void shouldNotJoinLargeGroupsBecauseSomeOfTheirPairsAgreeByChance() {
        for (int i = 0; i < 4; i++) {
            member("a" + i, "ANNE ROC", "19640922", i == 0 ? "MISTAKE@EXAMPLE.COM" : "ROC.ANNE@EXAMPLE.COM");
            member(
                    "b" + i,
                    "PAUL ZIM",
                    i == 1 ? "19640922" : "19311105",
                    i == 0 ? "MISTAKE@EXAMPLE.COM" : "ZED75@EXAMPLE.COM");
        }
        for (int i = 1; i < 4; i++) {
            edge("a0", "a" + i, 0.99);
            edge("b3", "b" + (i - 1), 0.99);
        }
        edge("a0", "b0", 0.6);

        assertThat(groups(20, Decisions.NONE)).containsEntry("a3", "a0").containsEntry("b3", "b0");
    }

    @Test
    void shouldHoldToCertaintyAndToDecisionsAndToTheLargestSize() {
        for (String id : List.of("a", "b", "c", "d")) {
            member(id, "ANNE ROC", id.equals("b") ? "19940120" : "19640922", null);
        }
        edge("a", "b", Linkage.CERTAIN);
        edge("a", "c", 0.99);
        edge("a", "d", 0.98);

        assertThat(groups(3, Decisions.NONE))
                .containsEntry("b", "a")
                .containsEntry("c", "a")
                .containsEntry("d", "d");
        assertThat(groups(20, new Decisions(Set.of(), Set.of(new Decisions.Pair("b", "c")))))
                .containsEntry("b", "a")
                .containsEntry("c", "c")
                .containsEntry("d", "a");
    }

    @Test
    void shouldKeepApartTwoRecordsOfAListThatHoldsNobodyTwice() {
        memberOf("crm", "a1", "ANNE ROC", "19640922", null);
        memberOf("crm", "a2", "ANNE ROC", "19640922", null);
        memberOf("shop", "b", "ANNE ROC", "19640922", null);
        memberOf(null, "c", "ANNE ROC", "19640922", null);
        edge("a1", "b", 0.99);
        edge("a2", "b", 0.98);
        edge("a1", "c", 0.97);

        assertThat(groups(20, Decisions.NONE)).isEqualTo(Map.of("a1", "a1", "a2", "a2", "b", "a1", "c", "a1"));
    }

    private void member(String id, String... values) {
        memberOf(null, id, values);
    }

    private void memberOf(String list, String id, String... values) {
        members.add(RowFactory.create(
                "component",
                id,
                null,
                null,
                CollectionConverters.asScala(Arrays.asList(values)).toSeq(),
                list));
    }

    private void edge(String one, String two, double probability) {
        edges.add(RowFactory.create("component", one, two, probability, null, null));
    }

    private Map<String, String> groups(int largest, Decisions decisions) {
        Rules rules = new Rules("id", COLUMNS, List.of(), List.of(), null, List.of(), 10, 100, largest, 0.5, 1);
        List<Row> rows = new ArrayList<>(members);
        rows.addAll(edges);
        Map<String, String> groups = new TreeMap<>();
        new Linkage(rows.iterator(), rules, learned(), decisions)
                .forEachRemaining(row -> groups.put(row.getString(0), row.getString(1)));
        return groups;
    }

    /** Of one person nearly all are equal, of two nearly none. */
    private static Learned learned() {
        List<double[]> same = new ArrayList<>();
        List<List<double[]>> strangers = new ArrayList<>();
        for (Kind kind : COLUMNS.values()) {
            same.add(levels(kind, 0.04, 0.9));
            double[] any = levels(kind, 0.96, 0.001);
            List<double[]> table = new ArrayList<>();
            for (int level = 0; level <= kind.equality(); level++) {
                table.add(any);
            }
            strangers.add(table);
        }
        List<double[]> related = strangers.stream().map(table -> table.get(0)).toList();
        return new Learned(
                COLUMNS,
                new Model.Parameters(same, related, new Chances(List.of(0, 1, 2), strangers), 1e-3, 1e-9, 100_000, 1),
                List.of(),
                Set.of(),
                List.of(Map.of(), Map.of(), Map.of()),
                1,
                0);
    }

    private static double[] levels(Kind kind, double different, double equal) {
        double[] levels = new double[kind.equality() + 1];
        Arrays.fill(levels, 1, levels.length, (1 - different - equal) / (kind.equality() - 2));
        levels[1] = different;
        levels[kind.equality()] = equal;
        return levels;
    }
}
