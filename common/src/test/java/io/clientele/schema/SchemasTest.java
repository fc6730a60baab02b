package io.clientele.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.table.Field;
import io.clientele.table.Table;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every table of the house. */
class SchemasTest {

    private static final String SNAKE_CASE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

    static List<Table> tables() throws Exception {
        Path classes = Path.of(
                Table.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(classes.resolve("io/clientele/schema"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+\\.class"))
                    .map(name -> "io.clientele.schema." + name.replace(".class", ""))
                    .flatMap(SchemasTest::tablesOf)
                    .toList();
        }
    }

    @Test
    void shouldFindTheTables() throws Exception {
        assertThat(tables()).contains(Customers.TABLE, Runs.TABLE).doesNotHaveDuplicates();
        assertThat(tables()).extracting(Table::qualifiedName).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldKeepPersonalColumnsOutOfStatistics(Table table) {
        assertThat(table.statistics())
                .noneMatch(field -> field.spec().isPersonal())
                .isSubsetOf(table.fields());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldExplainEveryColumn(Table table) {
        assertThat(table.fields())
                .allSatisfy(field -> assertThat(field.spec().doc()).isNotBlank().doesNotEndWith("."));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldNameThingsInSnakeCase(Table table) {
        assertThat(table.name()).matches(SNAKE_CASE);
        assertThat(table.fields()).extracting(Field::column).allMatch(name -> name.matches(SNAKE_CASE));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldClusterByFourColumnsAtMost(Table table) {
        assertThat(table.clustering()).hasSizeLessThanOrEqualTo(4);
    }

    private static Stream<Table> tablesOf(String className) {
        try {
            return Arrays.stream(Class.forName(className).getDeclaredFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Table.class)
                    .map(SchemasTest::value);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Table value(java.lang.reflect.Field constant) {
        try {
            return (Table) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
