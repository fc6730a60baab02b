package io.clientele.table;

import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The contract of a table: where it is, what one row is, its columns, its key, how it is clustered, and, when it holds
 * personal data, for what purpose and how long. Built in one chain, beside the enum of its columns:
 *
 * <pre>{@code
 * public static final Table TABLE = Table.in(MART, "customer_rfm")
 *         .of(CustomerRfm.values())
 *         .row("one customer's recency, frequency and monetary value")
 *         .key(CUSTOMER_ID)
 *         .build();
 * }</pre>
 */
public final class Table {

    private final Layer layer;
    private final String name;
    private final String row;
    private final List<Field> fields;
    private final List<Field> key;
    private final List<Field> clustering;
    private final Optional<Purpose> purpose;

    /** Why personal data is held, in the words of the register of processing, and for how long. */
    public record Purpose(String text, Period retention) {}

    private Table(Builder builder) {
        this.layer = builder.layer;
        this.name = builder.name;
        this.row = builder.row;
        this.fields = List.copyOf(builder.fields);
        this.key = List.copyOf(builder.key);
        this.clustering = List.copyOf(builder.clustering);
        this.purpose = Optional.ofNullable(builder.purpose);
        check(!fields.isEmpty(), "has no column");
        check(!row.isBlank(), "does not say what one row is");
        check(fields.stream().map(Field::column).distinct().count() == fields.size(), "names a column twice");
        check(fields.containsAll(key) && fields.containsAll(clustering), "has a key that is not a column of it");
        check(!isPersonal() || purpose.isPresent(), "holds personal columns and states no purpose");
    }

    public static Builder in(Layer layer, String name) {
        return new Builder(layer, name);
    }

    public Layer layer() {
        return layer;
    }

    public String name() {
        return name;
    }

    /** The name in SQL: {@code mart.customer_rfm}. */
    public String qualifiedName() {
        return layer.schema() + "." + name;
    }

    /** What one row is, as a noun phrase. */
    public String row() {
        return row;
    }

    public List<Field> fields() {
        return fields;
    }

    public List<Field> key() {
        return key;
    }

    public List<Field> clustering() {
        return clustering;
    }

    public Optional<Purpose> purpose() {
        return purpose;
    }

    public boolean isPersonal() {
        return fields.stream().anyMatch(field -> field.spec().isPersonal());
    }

    /** Every column, in order, for a {@code select}. */
    public Column[] columns() {
        return fields.stream().map(Field::col).toArray(Column[]::new);
    }

    /** The columns of the key, for a {@code select}, an {@code orderBy} or a {@code groupBy}. */
    public Column[] keyColumns() {
        return key.stream().map(Field::col).toArray(Column[]::new);
    }

    /** The schema that the lake stores: types, nullability, comments. */
    public StructType schema() {
        return DataTypes.createStructType(
                fields.stream().map(Table::structField).toList());
    }

    /** The columns whose minimum and maximum may be kept beside the data: never a personal one. */
    public List<Field> statistics() {
        return Stream.concat(key.stream(), clustering.stream())
                .distinct()
                .filter(field -> !field.spec().isPersonal())
                .toList();
    }

    @Override
    public String toString() {
        return qualifiedName();
    }

    private static StructField structField(Field field) {
        ColumnSpec spec = field.spec();
        String comment = spec.french().isEmpty() ? spec.doc() : spec.doc() + " (" + spec.french() + ")";
        Metadata metadata = new MetadataBuilder().putString("comment", comment).build();
        return new StructField(field.column(), spec.type(), !spec.isRequired(), metadata);
    }

    private void check(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException("table " + qualifiedName() + " " + complaint);
        }
    }

    /** Collects the parts of a contract; {@link #build} checks that they agree. */
    public static final class Builder {
        private final Layer layer;
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private String row = "";
        private List<Field> key = List.of();
        private List<Field> clustering = List.of();
        private Purpose purpose;

        private Builder(Layer layer, String name) {
            this.layer = layer;
            this.name = name;
        }

        /** Adds columns, in order. */
        public Builder of(Field... columns) {
            fields.addAll(Arrays.asList(columns));
            return this;
        }

        public Builder row(String nounPhrase) {
            this.row = nounPhrase;
            return this;
        }

        public Builder key(Field... columns) {
            this.key = List.of(columns);
            return this;
        }

        /** The columns by which queries most often narrow the table down; four at most. */
        public Builder clusteredBy(Field... columns) {
            this.clustering = List.of(columns);
            return this;
        }

        public Builder heldFor(Period retention, String purposeText) {
            this.purpose = new Purpose(purposeText, retention);
            return this;
        }

        public Table build() {
            return new Table(this);
        }
    }
}
