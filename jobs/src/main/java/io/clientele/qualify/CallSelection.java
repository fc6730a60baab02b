package io.clientele.qualify;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CallList;
import io.clientele.schema.Contactability;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Whom it is worth calling to verify what is doubtful about the customer, and what to say. */
final class CallSelection {

    /** What a call can verify, and how often it matters most: in this order where the doubt is the same. */
    private static final List<Channel> SUBJECTS = List.of(Channel.POST, Channel.EMAIL, Channel.PHONE);

    private static final String SUBJECT = "subject_of_call";

    private CallSelection() {}

    /** At most so many customers as configured, the first by worth and doubt, each with the number to call and the script. */
    static Dataset<Row> of(
            Dataset<Row> contactability,
            Dataset<Row> attributes,
            Dataset<Row> contacts,
            Dataset<Row> orderLines,
            LocalDate date,
            ContactabilityJob.Config config) {
        Dataset<Row> chosen = chosen(contactability, orderLines, config.callList());
        Column[] names = Stream.of(Attribute.FIRST_NAME, Attribute.LAST_NAME, Attribute.COMPANY_NAME)
                .map(attribute -> max(when(ContactabilityJob.is(attribute), CustomerAttributes.VALUE.col()))
                        .as(attribute.code()))
                .toArray(Column[]::new);
        Dataset<Row> reached = ContactabilityJob.judged(
                        attributes.join(broadcast(chosen), Joins.on(CustomerAttributes.CUSTOMER_ID)), contacts, config)
                .groupBy(Arrays.stream(chosen.columns()).map(functions::col).toArray(Column[]::new))
                .agg(ContactabilityJob.best(Channel.PHONE, date, config).as(Channel.PHONE.code()), names);
        Calls script = config.callList();
        Column person = concat_ws(" ", col(Attribute.FIRST_NAME.code()), col(Attribute.LAST_NAME.code()));
        Column name = coalesce(nullif(person, lit("")), col(Attribute.COMPANY_NAME.code()));
        return reached.select(
                CallList.CUSTOMER_ID.is(Contactability.CUSTOMER_ID.col()),
                CallList.AS_OF.is(Contactability.AS_OF.col()),
                CallList.PHONE_NUMBER.is(col(Channel.PHONE.code()).getField(CustomerAttributes.VALUE.column())),
                CallList.CONTACT.is(
                        coalesce(replace(lit(script.contact()), lit(Calls.NAME), name), lit(script.stranger()))),
                CallList.REASON.is(said(script, (subject, doubt) -> subject.of(doubt))),
                CallList.OBJECTIVE.is(said(script, (subject, doubt) -> subject.objective())),
                CallList.CLOSING.is(lit(script.closing())),
                CallList.SUBJECT.is(CallList.SUBJECT.col()),
                CallList.DOUBT.is(CallList.DOUBT.col()),
                CallList.DOUBTFULNESS.is(CallList.DOUBTFULNESS.col()),
                CallList.WORTH.is(CallList.WORTH.col()),
                CallList.PRIORITY.is(CallList.PRIORITY.col()));
    }

    /** Who may be called and is worth it, by what is most doubtful about each. */
    private static Dataset<Row> chosen(Dataset<Row> contactability, Dataset<Row> orderLines, Calls config) {
        double total = SUBJECTS.stream().mapToDouble(config.weights()::of).sum();
        Column doubtfulness = SUBJECTS.stream()
                .map(channel -> coalesce(weighed(channel, config.weights()), lit(0.0)))
                .reduce(Column::plus)
                .orElseThrow()
                .divide(total);
        Column subject = greatest(SUBJECTS.stream()
                .map(channel -> {
                    Column weight = weighed(channel, config.weights());
                    return when(
                            weight.gt(0),
                            struct(
                                    weight.as("weight"),
                                    lit(-SUBJECTS.indexOf(channel)).as("order"),
                                    lit(channel.code()).as(CallList.SUBJECT.column()),
                                    channel.doubt().col().as(CallList.DOUBT.column())));
                })
                .toArray(Column[]::new));
        return contactability
                .where(Contactability.IS_PHONE_ALLOWED
                        .col()
                        .and(Contactability.PHONE_SCORE.col().gt(0)))
                .withColumn(CallList.DOUBTFULNESS.column(), round(doubtfulness, ContactabilityJob.DECIMALS))
                .withColumn(SUBJECT, subject)
                .where(col(SUBJECT).isNotNull().and(CallList.DOUBTFULNESS.col().geq(config.leastDoubt())))
                .join(worth(orderLines), Joins.on(FctOrderLines.CUSTOMER_ID), Joins.LEFT)
                .select(
                        Contactability.CUSTOMER_ID.col(),
                        Contactability.AS_OF.col(),
                        CallList.SUBJECT.is(col(SUBJECT).getField(CallList.SUBJECT.column())),
                        CallList.DOUBT.is(col(SUBJECT).getField(CallList.DOUBT.column())),
                        CallList.DOUBTFULNESS.col(),
                        CallList.WORTH.is(coalesce(CallList.WORTH.col(), lit(0))))
                .withColumn(
                        CallList.PRIORITY.column(),
                        round(
                                CallList.WORTH.col().cast(DataTypes.DoubleType).multiply(CallList.DOUBTFULNESS.col()),
                                ContactabilityJob.DECIMALS))
                .orderBy(
                        CallList.PRIORITY.col().desc(),
                        CallList.DOUBTFULNESS.col().desc(),
                        Contactability.CUSTOMER_ID.col())
                .limit(config.size());
    }

    /** What a channel adds to the doubt; null where nothing speaks for verifying it. */
    private static Column weighed(Channel channel, Calls.Weights weights) {
        return when(
                channel.doubt().col().isNotNull(),
                lit(1.0).minus(channel.score().col()).multiply(weights.of(channel)));
    }

    private static Dataset<Row> worth(Dataset<Row> orderLines) {
        return orderLines
                .where(FctOrderLines.CUSTOMER_ID
                        .col()
                        .isNotNull()
                        .and(LineKind.isAnyOf(
                                FctOrderLines.LINE_KIND.col(), LineKind.SALE, LineKind.RETURN, LineKind.CANCELLATION)))
                .groupBy(FctOrderLines.CUSTOMER_ID.col())
                .agg(CallList.WORTH.is(coalesce(sum(FctOrderLines.AMOUNT.col()), lit(0))));
    }

    private interface Text {
        String of(Calls.Script subject, Doubt doubt);
    }

    /** The text that goes with the subject and the doubt of a row. */
    private static Column said(Calls script, Text text) {
        Column said = lit(null);
        for (Channel channel : SUBJECTS) {
            for (Doubt doubt : Doubt.values()) {
                String sentence = text.of(script.of(channel), doubt);
                if (sentence != null) {
                    said = when(
                                    CallList.SUBJECT
                                            .col()
                                            .equalTo(channel.code())
                                            .and(CallList.DOUBT.col().equalTo(doubt.code())),
                                    sentence)
                            .otherwise(said);
                }
            }
        }
        return said;
    }
}
