package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CallList;
import io.clientele.schema.Consents;
import io.clientele.schema.Contactability;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.Customers;
import io.clientele.schema.FctOrderLines;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import io.clientele.text.Issue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Says how surely each customer can be reached by each channel, how complete the record is, and whom it is worth calling to
 * verify what is doubtful.
 */
public final class ContactabilityJob {

    public static final Job<Config> JOB = Job.named("contactability", Config.class)
            .reads(Customers.TABLE, CustomerAttributes.TABLE, Contacts.TABLE, Consents.TABLE, FctOrderLines.TABLE)
            .writes(Contactability.TABLE, CallList.TABLE)
            .runs(ContactabilityJob::run);

    /**
     * {@code conf/contactability.yaml}.
     *
     * @param unverifiedBelow 0 to 1: a value whose decay has fallen below should be verified
     * @param issues by code, how sure a value stays of which it was noticed, 0 to 1
     */
    public record Config(
            HalfLives halfLives,
            double unverifiedBelow,
            Map<String, Double> issues,
            Completeness completeness,
            Consent consent,
            Calls callList) {
        public Config {
            check(halfLives != null, "key 'halfLives' is missing: days for post, phone, email and sms");
            check(completeness != null, "key 'completeness' is missing: weights for person and company");
            check(consent != null, "key 'consent' is missing: its purpose, and opt_in or opt_out for each channel");
            check(callList != null, "key 'callList' is missing");
            checkShare("unverifiedBelow", unverifiedBelow);
            issues = issues == null ? Map.of() : Map.copyOf(issues);
            issues.forEach((issue, sureness) -> {
                check(isIssue(issue), "key 'issues.%s': there is no such issue; the data dictionary lists them", issue);
                checkShare("issues." + issue, sureness);
            });
        }

        /** After how many days without news a value is right only half as often. */
        public record HalfLives(double post, double phone, double email, double sms) {
            public HalfLives {
                for (double days : new double[] {post, phone, email, sms}) {
                    check(days > 0, "key 'halfLives': days must be positive, got %s", days);
                }
            }

            double of(Channel channel) {
                return switch (channel) {
                    case POST -> post;
                    case PHONE -> phone;
                    case EMAIL -> email;
                    case SMS -> sms;
                };
            }
        }

        /** What one should know, by attribute: its weight. */
        public record Completeness(Map<String, Double> person, Map<String, Double> company) {
            public Completeness {
                person = checked("person", person);
                company = checked("company", company);
            }

            private static Map<String, Double> checked(String kind, Map<String, Double> weights) {
                check(weights != null && !weights.isEmpty(), "key 'completeness.%s' has no attribute", kind);
                weights.forEach((attribute, weight) -> {
                    check(
                            Attribute.ofCode(attribute).isPresent(),
                            "key 'completeness.%s.%s': there is no such attribute; there are %s",
                            kind,
                            attribute,
                            Attribute.codes());
                    check(weight > 0, "key 'completeness.%s.%s' must be positive, got %s", kind, attribute, weight);
                });
                return Map.copyOf(weights);
            }
        }

        /** What must stand for a message to be allowed. */
        public enum Basis {
            /** The customer agreed. */
            OPT_IN,
            /** The customer did not object. */
            OPT_OUT
        }

        /** @param purpose the purpose of the consents that count */
        public record Consent(String purpose, Basis post, Basis phone, Basis email, Basis sms) {
            public Consent {
                check(purpose != null && !purpose.isBlank(), "key 'consent.purpose' is missing");
                check(
                        post != null && phone != null && email != null && sms != null,
                        "key 'consent': post, phone, email and sms each need opt_in or opt_out");
            }

            Basis of(Channel channel) {
                return switch (channel) {
                    case POST -> post;
                    case PHONE -> phone;
                    case EMAIL -> email;
                    case SMS -> sms;
                };
            }
        }

        private static boolean isIssue(String code) {
            return Arrays.stream(Issue.values()).anyMatch(issue -> issue.code().equals(code));
        }

        private static void checkShare(String key, double share) {
            check(share >= 0 && share <= 1, "key '%s' must be between 0 and 1, got %s", key, share);
        }
    }

    /** Scores are kept to so many decimals: it is what they are worth, and equal ones are equal. */
    static final int DECIMALS = 4;

    private static final String SURENESS = "sureness";
    private static final String KIND_OF_NUMBER = "kind_of_number";
    private static final String OF_COMPANY = "is_company";
    private static final String PERSON = "person_completeness";
    private static final String COMPANY = "company_completeness";

    private ContactabilityJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> attributes = run.lake().read(CustomerAttributes.TABLE);
        Dataset<Row> contacts = run.lake().read(Contacts.TABLE);
        Dataset<Row> customers = run.lake().read(Customers.TABLE);
        long written = run.lake()
                .replace(
                        Contactability.TABLE,
                        score(customers, attributes, contacts, run.lake().read(Consents.TABLE), run.date(), config))
                .rows();
        run.balance(Contactability.TABLE, customers.count(), written, 0, 0);
        run.lake()
                .replace(
                        CallList.TABLE,
                        CallSelection.of(
                                run.lake().read(Contactability.TABLE),
                                attributes,
                                contacts,
                                run.lake().read(FctOrderLines.TABLE),
                                run.date(),
                                config));
    }

    /** One row per customer: by channel the score of the best value, when it was verified, and what speaks against it. */
    public static Dataset<Row> score(
            Dataset<Row> customers,
            Dataset<Row> attributes,
            Dataset<Row> contacts,
            Dataset<Row> consents,
            LocalDate date,
            Config config) {
        List<Column> known = new ArrayList<>();
        Channel.all().forEach(channel -> known.add(best(channel, date, config).as(channel.code())));
        known.add(max(isKnown().and(is(Attribute.COMPANY_NAME))).as(OF_COMPANY));
        known.add(completeness(config.completeness().person()).as(PERSON));
        known.add(completeness(config.completeness().company()).as(COMPANY));
        Dataset<Row> reached = judged(attributes, contacts, config)
                .groupBy(CustomerAttributes.CUSTOMER_ID.col())
                .agg(known.get(0), known.subList(1, known.size()).toArray(Column[]::new));
        Dataset<Row> scored = customers
                .select(Customers.CUSTOMER_ID.col())
                .join(reached, Joins.on(Customers.CUSTOMER_ID), Joins.LEFT)
                .join(decisions(consents, config), Joins.on(Consents.CUSTOMER_ID), Joins.LEFT)
                .select(Stream.concat(
                                Stream.of(
                                        Contactability.CUSTOMER_ID.is(Customers.CUSTOMER_ID.col()),
                                        Contactability.AS_OF.is(lit(date)),
                                        Contactability.COMPLETENESS.is(coalesce(
                                                when(col(OF_COMPANY), col(COMPANY))
                                                        .otherwise(col(PERSON)),
                                                lit(0.0)))),
                                Channel.all().stream().flatMap(channel -> columns(channel, config)))
                        .toArray(Column[]::new));
        return scored.withColumn(Contactability.BEST_CHANNEL.column(), bestChannel())
                .select(Contactability.TABLE.columns());
    }

    /** The values of the golden records, each with how sure it is by what was noticed of it where it comes from. */
    static Dataset<Row> judged(Dataset<Row> attributes, Dataset<Row> contacts, Config config) {
        return attributes
                .where(CustomerAttributes.IS_GOLDEN.col())
                .join(
                        contacts.select(
                                Contacts.CONTACT_ID.col(),
                                Contacts.ISSUES.col(),
                                Contacts.PHONE_KIND.col(),
                                Contacts.MOBILE_KIND.col()),
                        Joins.on(CustomerAttributes.CONTACT_ID),
                        Joins.LEFT)
                .withColumn(SURENESS, sureness(config.issues()))
                .withColumn(KIND_OF_NUMBER, Channel.kindOfNumber());
    }

    private static Column sureness(Map<String, Double> issues) {
        if (issues.isEmpty()) {
            return lit(1.0);
        }
        Column factors = map(issues.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Stream.of(lit(entry.getKey()), lit(entry.getValue())))
                .toArray(Column[]::new));
        Object[] address = Stream.of(
                        Contacts.ADDRESS, Contacts.POSTCODE, Contacts.TOWN, Contacts.CEDEX, Contacts.POSTAL_LINES)
                .map(Field::column)
                .toArray();
        return aggregate(
                coalesce(
                        Contacts.ISSUES.col(),
                        array().cast(Contacts.ISSUES.spec().type())),
                lit(1.0),
                (product, issue) -> {
                    Column column = issue.getField("column");
                    Column isOfValue = column.equalTo(CustomerAttributes.ATTRIBUTE.col())
                            .or(is(Attribute.ADDRESS).and(column.isin(address)));
                    return product.multiply(
                            coalesce(when(isOfValue, factors.getItem(issue.getField("issue"))), lit(1.0)));
                });
    }

    /** Of the values that lead to the customer by a channel, the surest; null if there is none. */
    static Column best(Channel channel, LocalDate date, Config config) {
        Column days = greatest(datediff(lit(date), CustomerAttributes.VERIFIED_ON.col()), lit(0));
        Column decay = pow(lit(0.5), days.divide(config.halfLives().of(channel)));
        Column score =
                when(isObsolete(), lit(0.0)).otherwise(round(col(SURENESS).multiply(decay), DECIMALS));
        Column doubt = when(isObsolete(), Doubt.OBSOLETE.code())
                .when(col(SURENESS).lt(1), Doubt.DOUBTFUL.code())
                .when(decay.lt(config.unverifiedBelow()), Doubt.UNVERIFIED.code());
        return max(when(
                channel.isLedToBy(col(KIND_OF_NUMBER)),
                struct(
                        score.as(channel.score().column()),
                        channel.preference().as("preference"),
                        CustomerAttributes.VERIFIED_ON
                                .col()
                                .as(channel.verifiedOn().column()),
                        doubt.as(channel.doubt().column()),
                        CustomerAttributes.VALUE.col())));
    }

    private static Stream<Column> columns(Channel channel, Config config) {
        Column best = col(channel.code());
        Column granted = col(decision(channel));
        return Stream.of(
                channel.score().is(coalesce(best.getField(channel.score().column()), lit(0.0))),
                channel.verifiedOn().is(best.getField(channel.verifiedOn().column())),
                channel.doubt()
                        .is(when(best.isNull(), Doubt.MISSING.code())
                                .otherwise(best.getField(channel.doubt().column()))),
                channel.allowed().is(coalesce(granted, lit(config.consent().of(channel) == Config.Basis.OPT_OUT))));
    }

    /** What each customer said for the purpose, by channel; null: nothing. */
    private static Dataset<Row> decisions(Dataset<Row> consents, Config config) {
        List<Column> decisions = Channel.all().stream()
                .map(channel -> max(when(Consents.CHANNEL.col().equalTo(channel.consent()), Consents.IS_GRANTED.col()))
                        .as(decision(channel)))
                .toList();
        return consents.where(Consents.PURPOSE.col().equalTo(config.consent().purpose()))
                .groupBy(Consents.CUSTOMER_ID.col())
                .agg(decisions.get(0), decisions.subList(1, decisions.size()).toArray(Column[]::new));
    }

    private static String decision(Channel channel) {
        return "decision_" + channel.code();
    }

    private static Column bestChannel() {
        return greatest(Channel.all().stream()
                        .map(channel -> when(
                                channel.allowed()
                                        .col()
                                        .and(channel.score().col().gt(0)),
                                struct(
                                        channel.score().col().as("score"),
                                        lit(-Channel.all().indexOf(channel)).as("order"),
                                        lit(channel.code()).as("code"))))
                        .toArray(Column[]::new))
                .getField("code");
    }

    private static Column completeness(Map<String, Double> weights) {
        double total =
                weights.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<Double, List<String>> attributes = weights.keySet().stream()
                .collect(Collectors.groupingBy(weights::get, TreeMap::new, Collectors.toList()));
        Column weight = lit(0.0);
        for (Map.Entry<Double, List<String>> entry : attributes.entrySet()) {
            weight = when(
                            CustomerAttributes.ATTRIBUTE
                                    .col()
                                    .isin(entry.getValue().stream().sorted().toArray()),
                            entry.getKey())
                    .otherwise(weight);
        }
        return round(sum(when(isKnown(), weight).otherwise(0.0)).divide(total), DECIMALS);
    }

    static Column is(Attribute attribute) {
        return CustomerAttributes.ATTRIBUTE.col().equalTo(attribute.code());
    }

    private static Column isKnown() {
        return not(isObsolete());
    }

    private static Column isObsolete() {
        return CustomerAttributes.STATE.col().equalTo(AttributeHistory.State.OBSOLETE.code());
    }
}
