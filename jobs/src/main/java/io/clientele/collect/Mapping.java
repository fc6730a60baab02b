package io.clientele.collect;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.clientele.failure.Failure;
import io.clientele.schema.CollectedRejects;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.table.ParsedValue;
import io.clientele.text.Issue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Turns what a source delivered into the columns of its entity, with every reason why a record cannot be one. */
final class Mapping {

    private static final String TEXT = "__text_";
    private static final String READ = "__read_";
    private static final String WITHHELD = "__withheld";

    private final String name;
    private final Source source;

    Mapping(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /** Rows of the entity's table, with the {@link StagedColumns}. */
    Dataset<Row> apply(Dataset<Row> parsed, Instant collectedAt, String runId) {
        Dataset<Row> mapped = mapped(parsed);
        Dataset<Row> read = mapped.select(Stream.concat(
                        Arrays.stream(mapped.columns()).map(column -> col("`" + column + "`")),
                        source.entity().mapped().stream()
                                .filter(field -> isConverted(field, mapped))
                                .map(field -> Conversion.of(
                                                col(TEXT + field.column()),
                                                field.spec().type(),
                                                source.values())
                                        .as(READ + field.column())))
                .toArray(Column[]::new));
        List<Column> columns = new ArrayList<>(List.of(
                Delivery.RECORD_ID.is(
                        md5(concat_ws("\u001f", lit(name), ParsedColumns.FILE.col(), ParsedColumns.POSITION.col()))),
                Delivery.SOURCE.is(lit(name)),
                Delivery.SOURCE_KEY.is(sourceKey(mapped)),
                Delivery.FILE.is(ParsedColumns.FILE.col()),
                Delivery.POSITION.is(ParsedColumns.POSITION.col()),
                Delivery.DELIVERED_ON.is(ParsedColumns.DELIVERED_ON.col()),
                Delivery.COLLECTED_AT.is(lit(collectedAt)),
                Delivery.RUN_ID.is(lit(runId)),
                Delivery.ISSUES.is(concat(col(WITHHELD), issues(mapped)))));
        source.entity().mapped().forEach(field -> columns.add(field.is(value(field, mapped))));
        columns.add(StagedColumns.REASONS.is(reasons(mapped)));
        columns.add(StagedColumns.RAW.is(ParsedColumns.RAW.col()));
        columns.add(StagedColumns.TRAILER_RECORDS.is(ParsedColumns.TRAILER_RECORDS.col()));
        columns.add(StagedColumns.TRAILER_CHECKSUM.is(ParsedColumns.TRAILER_CHECKSUM.col()));
        columns.add(StagedColumns.TRAILER_SIZE.is(ParsedColumns.TRAILER_SIZE.col()));
        columns.add(StagedColumns.TRAILER_MODIFIED_AT.is(ParsedColumns.TRAILER_MODIFIED_AT.col()));
        Dataset<Row> staged = read.select(columns.toArray(Column[]::new));
        // The text of a record is wanted only where the record is refused.
        return staged.withColumn(StagedColumns.RAW.column(), when(StagedColumns.isRefused(), StagedColumns.RAW.col()));
    }

    /** What each expression gives, beside the columns of the file; text is trimmed, and nothing is null, not empty. */
    private Dataset<Row> mapped(Dataset<Row> delivered) {
        List<Column> columns = new ArrayList<>();
        ParsedColumns.fields().forEach(field -> columns.add(col(field.name())));
        columns.add(col(WITHHELD));
        columns.add(md5(concat_ws(
                        "\u001f",
                        source.columns().stream()
                                .map(column ->
                                        coalesce(col("`" + column + "`").cast(DataTypes.StringType), lit("\u0000")))
                                .toArray(Column[]::new)))
                .as(TEXT));
        List<Field> fields = source.entity().mapped();
        Dataset<Row> parsed = told(delivered);
        DataType[] types = types(parsed, fields);
        for (int i = 0; i < types.length; i++) {
            if (types[i].equals(DataTypes.StringType) && fields.get(i).spec().type() instanceof ArrayType) {
                throw Failure.configuration(
                        "conf/sources/%s.yaml: key 'mapping.%s' must give a list, as array(...) does",
                        name, fields.get(i).column());
            }
            columns.add(typed(expression(fields.get(i)), types[i], fields.get(i))
                    .as(TEXT + fields.get(i).column()));
        }
        return parsed.select(columns.toArray(Column[]::new));
    }

    /** The delivered columns without the sign for what is withheld, and which of them bore it. */
    private Dataset<Row> told(Dataset<Row> delivered) {
        ArrayType issues = (ArrayType) Delivery.ISSUES.spec().type();
        String sign = source.values().withheld();
        if (sign == null) {
            return delivered.withColumn(WITHHELD, array().cast(issues));
        }
        List<Column> columns = new ArrayList<>();
        ParsedColumns.fields().forEach(field -> columns.add(col(field.name())));
        List<Column> withheld = new ArrayList<>();
        for (String column : source.columns()) {
            Column value = col("`" + column + "`");
            Column isWithheld = trim(value.cast(DataTypes.StringType)).equalTo(sign);
            columns.add(when(isWithheld, lit(null)).otherwise(value).as(column));
            withheld.add(when(
                    isWithheld,
                    struct(
                            lit(column).as("column"),
                            lit(Issue.WITHHELD.code()).as("issue"),
                            lit(sign).as("text"))));
        }
        columns.add(array_compact(array(withheld.toArray(Column[]::new)))
                .cast(issues)
                .as(WITHHELD));
        return delivered.select(columns.toArray(Column[]::new));
    }

    private Column expression(Field field) {
        String absent = "cast(null as " + field.spec().type().sql() + ")";
        return expr(source.mapping().getOrDefault(field.column(), absent));
    }

    /** The types of the expressions; all are analysed at once, and one by one only to find the one that is wrong. */
    private DataType[] types(Dataset<Row> parsed, List<Field> fields) {
        try {
            return analysed(parsed, fields);
        } catch (Exception oneOfThem) {
            for (Field field : fields) {
                try {
                    analysed(parsed, List.of(field));
                } catch (Exception e) { // the checked AnalysisException, which Scala does not declare, and others
                    throw unusable(field, e);
                }
            }
            throw oneOfThem;
        }
    }

    private DataType[] analysed(Dataset<Row> parsed, List<Field> fields) {
        Column[] expressions = fields.stream()
                .map(field -> expression(field).as(field.column()))
                .toArray(Column[]::new);
        return Arrays.stream(parsed.select(expressions).schema().fields())
                .map(StructField::dataType)
                .toArray(DataType[]::new);
    }

    private static Column typed(Column expression, DataType type, Field field) {
        return type.equals(DataTypes.StringType) || type.equals(DataTypes.NullType)
                ? nullif(trim(expression.cast(DataTypes.StringType)), lit(""))
                : expression.try_cast(field.spec().type());
    }

    private Failure unusable(Field field, Exception e) {
        String condition = e instanceof AnalysisException analysis
                ? analysis.getCondition()
                : e.getClass().getSimpleName();
        return Failure.configuration(
                "conf/sources/%s.yaml: key 'mapping.%s' is not a usable expression (%s); it may name the columns %s",
                name, field.column(), condition, String.join(", ", source.columns()));
    }

    private boolean isConverted(Field field, Dataset<Row> mapped) {
        return mapped.schema().apply(TEXT + field.column()).dataType().equals(DataTypes.StringType)
                && !field.spec().type().equals(DataTypes.StringType);
    }

    private Column value(Field field, Dataset<Row> mapped) {
        return isConverted(field, mapped) ? ParsedValue.value(col(READ + field.column())) : col(TEXT + field.column());
    }

    private Column issue(Field field, Dataset<Row> mapped) {
        return isConverted(field, mapped) ? ParsedValue.issue(col(READ + field.column())) : lit(null);
    }

    private Column sourceKey(Dataset<Row> mapped) {
        if (source.repeats() == Source.Repeats.DROP) {
            return col(TEXT);
        }
        return source.keys().isEmpty()
                ? lit(null)
                : concat_ws(
                        "\u001f",
                        source.keys().stream()
                                .map(key -> coalesce(
                                        value(source.entity().mapped(key).orElseThrow(), mapped)
                                                .cast(DataTypes.StringType),
                                        lit("")))
                                .toArray(Column[]::new));
    }

    /** Every reason to refuse a record; none for a trailer. */
    private Column reasons(Dataset<Row> mapped) {
        Column[] values = source.entity().mapped().stream()
                .filter(field -> field.spec().isRequired())
                .map(field -> when(issue(field, mapped).isNotNull(), reason(issue(field, mapped), field))
                        .when(value(field, mapped).isNull(), reason(lit(Issue.MISSING_VALUE.code()), field)))
                .toArray(Column[]::new);
        return when(
                        ParsedColumns.ISSUE.col().isNotNull(),
                        array(struct(
                                ParsedColumns.ISSUE.col().as("issue"),
                                lit(null).cast(DataTypes.StringType).as("column"),
                                ParsedColumns.DETAIL.col().as("detail"))))
                .when(
                        ParsedColumns.isTrailer(),
                        array().cast(CollectedRejects.REASONS.spec().type()))
                .otherwise(array_compact(array(values)));
    }

    private static Column reason(Column issue, Field field) {
        return struct(
                issue.as("issue"),
                lit(field.column()).as("column"),
                lit(null).cast(DataTypes.StringType).as("detail"));
    }

    /** What is wrong with optional values: the record stays, and so does the text. */
    private Column issues(Dataset<Row> mapped) {
        List<Column> columns = source.entity().mapped().stream()
                .filter(field -> !field.spec().isRequired() && isConverted(field, mapped))
                .map(field -> when(
                        issue(field, mapped).isNotNull(),
                        struct(
                                lit(field.column()).as("column"),
                                issue(field, mapped).as("issue"),
                                col(TEXT + field.column()).as("text"))))
                .collect(Collectors.toList());
        return columns.isEmpty()
                ? array().cast((ArrayType) Delivery.ISSUES.spec().type())
                : array_compact(array(columns.toArray(Column[]::new)));
    }
}
