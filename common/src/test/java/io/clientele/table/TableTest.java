package io.clientele.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Period;
import org.junit.jupiter.api.Test;

class TableTest {

    /** Columns of a table. */
    private enum Pets implements Field {
        PET_ID(ColumnSpec.text("The pet").required()),
        NAME(ColumnSpec.text("What it listens to").french("nom").personal()),
        LEGS(ColumnSpec.integer("How many"));

        private final ColumnSpec spec;

        Pets(ColumnSpec spec) {
            this.spec = spec;
        }

        @Override
        public ColumnSpec spec() {
            return spec;
        }
    }

    /** A column of another table that bears the name of one of pets. */
    private enum Others implements Field {
        LEGS,
        WINGS;

        @Override
        public ColumnSpec spec() {
            return ColumnSpec.integer("How many");
        }
    }

    @Test
    void shouldDescribeItsColumns() {
        Table table = pets(Pets.values())
                .key(Pets.PET_ID)
                .clusteredBy(Pets.LEGS, Pets.PET_ID)
                .heldFor(Period.ofYears(3), "grooming")
                .build();

        assertThat(table.qualifiedName()).isEqualTo("mart.pets");
        assertThat(table.isPersonal()).isTrue();
        assertThat(table.schema().fieldNames()).containsExactly("pet_id", "name", "legs");
        assertThat(table.schema().apply("pet_id").nullable()).isFalse();
        assertThat(table.schema().apply("name").getComment().get()).isEqualTo("What it listens to (nom)");
        assertThat(table.statistics()).containsExactly(Pets.PET_ID, Pets.LEGS);
    }

    @Test
    void shouldKeepNoStatisticsOfAPersonalKey() {
        Table table = pets(Pets.values())
                .key(Pets.NAME)
                .heldFor(Period.ofYears(3), "grooming")
                .build();

        assertThat(table.statistics()).isEmpty();
    }

    @Test
    void shouldAskForThePurposeOfPersonalColumns() {
        refused(pets(Pets.values()).key(Pets.PET_ID), "holds personal columns and states no purpose");
    }

    @Test
    void shouldRefuseAKeyOrAClusteringThatIsNoColumn() {
        refused(pets(Pets.PET_ID).key(Pets.LEGS), "has a key that is not a column of it");
        refused(pets(Pets.PET_ID).clusteredBy(Others.WINGS), "has a key that is not a column of it");
    }

    @Test
    void shouldRefuseAColumnNamedTwice() {
        refused(pets(Pets.PET_ID, Pets.PET_ID), "names a column twice");
        refused(pets(Pets.LEGS, Others.LEGS), "names a column twice");
    }

    @Test
    void shouldRefuseATableThatSaysNothing() {
        refused(pets(), "has no column");
        refused(Table.in(Layer.MART, "pets").of(Pets.PET_ID), "does not say what one row is");
    }

    private static Table.Builder pets(Field... columns) {
        return Table.in(Layer.MART, "pets").of(columns).row("one pet");
    }

    private static void refused(Table.Builder builder, String complaint) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage("table mart.pets " + complaint);
    }
}
