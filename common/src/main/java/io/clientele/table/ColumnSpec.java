package io.clientele.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * What a column is: its type, its meaning in English, the French term of its users, whether every row must have it, and
 * whether it is personal data.
 *
 * @param ground by what the column tells persons apart that the law protects: age, sex; empty if by nothing
 */
public record ColumnSpec(
        DataType type, String doc, String french, boolean isRequired, boolean isPersonal, String ground) {

    /** What stands in a text that is never null where nobody says. */
    public static final String UNKNOWN = "(unknown)";

    public static ColumnSpec of(DataType type, String doc) {
        return new ColumnSpec(type, doc, "", false, false, "");
    }

    public static ColumnSpec text(String doc) {
        return of(DataTypes.StringType, doc);
    }

    public static ColumnSpec integer(String doc) {
        return of(DataTypes.IntegerType, doc);
    }

    /** A number of things, which may outgrow an integer. */
    public static ColumnSpec count(String doc) {
        return of(DataTypes.LongType, doc);
    }

    public static ColumnSpec real(String doc) {
        return of(DataTypes.DoubleType, doc);
    }

    public static ColumnSpec flag(String doc) {
        return of(DataTypes.BooleanType, doc);
    }

    /** A calendar day. */
    public static ColumnSpec day(String doc) {
        return of(DataTypes.DateType, doc);
    }

    /** An instant, in UTC. */
    public static ColumnSpec instant(String doc) {
        return of(DataTypes.TimestampType, doc);
    }

    /** A quantity of goods, to the thousandth, below a thousand million: its product with a price is always exact. */
    public static ColumnSpec quantity(String doc) {
        return of(DataTypes.createDecimalType(12, 3), doc);
    }

    /** A sum of quantities. */
    public static ColumnSpec units(String doc) {
        return of(DataTypes.createDecimalType(22, 3), doc);
    }

    /** The price of one unit, to four decimals, below ten thousand million. */
    public static ColumnSpec price(String doc) {
        return of(DataTypes.createDecimalType(14, 4), doc);
    }

    /** An amount of money, to four decimals; holds any quantity times any price. */
    public static ColumnSpec money(String doc) {
        return of(DataTypes.createDecimalType(24, 4), doc);
    }

    /** A sum of amounts; holds the sum of ten thousand million of them. */
    public static ColumnSpec total(String doc) {
        return of(DataTypes.createDecimalType(34, 4), doc);
    }

    public static ColumnSpec list(DataType element, String doc) {
        return of(DataTypes.createArrayType(element), doc);
    }

    public static ColumnSpec structs(String doc, StructField... fields) {
        return list(DataTypes.createStructType(List.of(fields)), doc);
    }

    public static ColumnSpec map(DataType key, DataType value, String doc) {
        return of(DataTypes.createMapType(key, value), doc);
    }

    /** The same column with the term that its French users say. */
    public ColumnSpec french(String term) {
        return new ColumnSpec(type, doc, term, isRequired, isPersonal, ground);
    }

    /** The same column, never null. */
    public ColumnSpec required() {
        return new ColumnSpec(type, doc, french, true, isPersonal, ground);
    }

    /** The same column, holding personal data in the sense of the GDPR. */
    public ColumnSpec personal() {
        return new ColumnSpec(type, doc, french, isRequired, true, ground);
    }

    /**
     * The same column, which is sensitive (Article 9 of the GDPR) or tells something by which persons may be discriminated against
     * (Article 225-1 of the French penal code): who selects by it must say why.
     *
     * @param byWhat what it tells: age, sex, health
     */
    public ColumnSpec discriminating(String byWhat) {
        return new ColumnSpec(type, doc, french, isRequired, isPersonal, byWhat);
    }

    public boolean isDiscriminating() {
        return !ground.isEmpty();
    }

    /** Whether customers may be told apart by it: always, if it is not discriminating; else if somebody has written why. */
    public boolean isJustified(String justification) {
        return !isDiscriminating() || (justification != null && !justification.isBlank());
    }
}
