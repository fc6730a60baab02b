package io.clientele.qualify;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.transform_values;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.qualify.AttributeHistory.Entry;
import io.clientele.qualify.AttributeHistory.Refutation;
import io.clientele.qualify.AttributeHistory.State;
import io.clientele.qualify.AttributeHistory.Version;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What is known of customers, from the contact records behind them: the history of each attribute, and the golden record. */
final class GoldenRecords {

    private static final String IS_LATEST = "is_latest";
    private static final String HISTORY = "history";
    private static final String VERSION = "version";
    private static final String INCIDENT = "incident";

    private static final Attribute[] ATTRIBUTES = Attribute.values();

    /** Of a history, what each entry holds besides its customer. */
    private static final List<CustomerAttributes> ENTRY = Arrays.stream(CustomerAttributes.values())
            .filter(field -> field != CustomerAttributes.CUSTOMER_ID)
            .toList();

    private GoldenRecords() {}

    /**
     * Every state that a contact record was in: the latest, and of those delivered before the ones that differed from the one
     * before them.
     *
     * @param contacts contact records in their latest version
     * @param collected all versions of them, as delivered
     */
    static Dataset<Row> versions(Dataset<Row> contacts, Dataset<Row> collected, ContactsJob.Config config) {
        WindowSpec deliveries = Window.partitionBy(Contacts.CONTACT_ID.col()).orderBy(Deliveries.order());
        String content = "content";
        Column differs = lag(content, 1).over(deliveries);
        String isKept = "is_kept";
        Dataset<Row> earlier = collected
                .withColumn(Contacts.CONTACT_ID.column(), Deliveries.id())
                .join(
                        contacts.where(Contacts.VERSIONS.col().gt(1)).select(Contacts.CONTACT_ID.col()),
                        Joins.on(Contacts.CONTACT_ID),
                        Joins.SEMI)
                .withColumn(
                        content,
                        xxhash64(Arrays.stream(CollectedContacts.values())
                                .map(Field::col)
                                .toArray(Column[]::new)))
                .select(
                        col("*"),
                        row_number().over(deliveries).cast(DataTypes.LongType).as(Contacts.VERSIONS.column()),
                        differs.isNull().or(differs.notEqual(col(content))).as(isKept),
                        lead(content, 1).over(deliveries).isNull().as(IS_LATEST))
                .where(col(isKept).and(not(col(IS_LATEST))));
        return contacts.withColumn(IS_LATEST, lit(true))
                .unionByName(ContactsJob.values(earlier, config).withColumn(IS_LATEST, lit(false)));
    }

    /** What events proved wrong, by customer. */
    static Dataset<Row> incidents(
            Dataset<Row> events, Dataset<Row> contacts, Dataset<Row> references, Dataset<Row> members) {
        String address = "address_hit";
        Dataset<Row> found = events.withColumn(
                        CollectedEvents.EVENT_TYPE.column(), lower(trim(CollectedEvents.EVENT_TYPE.col())))
                .where(CollectedEvents.EVENT_TYPE
                        .col()
                        .isin(Incident.Kind.codes())
                        .and(CollectedEvents.CUSTOMER_REF.col().isNotNull()))
                .withColumn(
                        address,
                        when(
                                CollectedEvents.EVENT_TYPE.col().equalTo(Incident.Kind.EMAIL_BOUNCED.code()),
                                lower(regexp_extract(
                                        trim(CollectedEvents.CUSTOMER_REF.col()), "(?i)^(?:email:)?([^:]+@.+)$", 1))));
        Column isAddress = coalesce(col(address), lit("")).notEqual("");
        Column incident = struct(
                        CollectedEvents.EVENT_TYPE.col(),
                        CollectedEvents.CUSTOMER_REF.col(),
                        when(isAddress, col(address)),
                        CollectedEvents.OCCURRED_AT.col())
                .as(INCIDENT);
        Dataset<Row> byAddress = found.where(isAddress)
                .select(col(address), incident)
                .join(
                        contacts.where(Contacts.EMAIL.col().isNotNull())
                                .select(
                                        Contacts.CONTACT_ID.col(),
                                        lower(Contacts.EMAIL.col()).as(address)),
                        address)
                .join(members, Joins.on(CustomerContacts.CONTACT_ID))
                .select(CustomerContacts.CUSTOMER_ID.col(), col(INCIDENT));
        Dataset<Row> byReference = found.where(not(isAddress))
                .select(CollectedEvents.CUSTOMER_REF.col(), incident)
                .join(references.where(CustomerRefs.HAS_CONTACT.col()), Joins.on(CustomerRefs.CUSTOMER_REF))
                .select(CustomerRefs.CUSTOMER_ID.col(), col(INCIDENT));
        return byAddress.union(byReference);
    }

    /**
     * One row per customer that has contact records: everything that was said of it.
     *
     * @param versions what {@link #versions} gives
     * @param members which customer each contact record belongs to
     * @param incidents what {@link #incidents} gives
     */
    static Dataset<Row> histories(
            Dataset<Row> versions, Dataset<Row> members, Dataset<Row> incidents, Survivorship survivorship) {
        Column version = struct(
                Contacts.CONTACT_ID.col(),
                Contacts.CUSTOMER_REF.col(),
                Contacts.SOURCE.col(),
                Contacts.UPDATED_AT.col(),
                Contacts.VERSIONS.col(),
                array(Arrays.stream(ATTRIBUTES).map(Attribute::value).toArray(Column[]::new)));
        Dataset<Row> said = versions.join(members, Joins.on(CustomerContacts.CONTACT_ID))
                .select(
                        CustomerContacts.CUSTOMER_ID.col(),
                        version.as(VERSION),
                        Contacts.UPDATED_AT.col(),
                        col(IS_LATEST));
        return said.unionByName(incidents, true)
                .groupBy(CustomerContacts.CUSTOMER_ID.col())
                .agg(
                        collect_list(VERSION).as(VERSION),
                        collect_list(INCIDENT).as(INCIDENT),
                        count_if(col(IS_LATEST)).as(Customers.CONTACTS.column()),
                        max(when(col(IS_LATEST), Contacts.UPDATED_AT.col())).as(Customers.UPDATED_AT.column()))
                .select(
                        CustomerContacts.CUSTOMER_ID.col(),
                        Customers.CONTACTS.col(),
                        Customers.UPDATED_AT.col(),
                        history(survivorship).apply(col(VERSION), col(INCIDENT)).as(HISTORY));
    }

    /** One row per customer, attribute, value and period. */
    static Dataset<Row> attributes(Dataset<Row> histories) {
        return histories
                .select(CustomerAttributes.CUSTOMER_ID.col(), inline(col(HISTORY)))
                .select(Arrays.stream(CustomerAttributes.values())
                        .map(field -> field.is(field.col()))
                        .toArray(Column[]::new));
    }

    /** One row per customer: of each attribute the value that survives; nothing of those known by facts alone. */
    static Dataset<Row> golden(Dataset<Row> histories, Dataset<Row> references) {
        String golden = "golden";
        Dataset<Row> known = histories.withColumn(
                golden,
                map_from_entries(transform(
                        filter(col(HISTORY), entry -> entry.getField(CustomerAttributes.IS_GOLDEN.column())),
                        entry -> struct(entry.getField(CustomerAttributes.ATTRIBUTE.column()), entry))));
        Column obsolete = transform(
                filter(col(HISTORY), entry -> entry.getField(CustomerAttributes.IS_GOLDEN.column())
                        .and(entry.getField(CustomerAttributes.STATE.column()).equalTo(State.OBSOLETE.code()))),
                entry -> entry.getField(CustomerAttributes.ATTRIBUTE.column()));
        Column origins = transform_values(
                col(golden),
                (attribute, entry) -> struct(
                        entry.getField(CustomerAttributes.CONTACT_ID.column()),
                        entry.getField(CustomerAttributes.SOURCE.column())));
        Dataset<Row> told = known.select(Arrays.stream(Customers.values())
                .map(field -> switch (field) {
                    case CUSTOMER_ID, CONTACTS, UPDATED_AT -> field.is(field.col());
                    case ORIGINS -> field.is(origins);
                    case OBSOLETE -> field.is(obsolete);
                    default -> field.is(survivor(golden, field));
                })
                .toArray(Column[]::new));
        Dataset<Row> untold = references
                .where(not(CustomerRefs.HAS_CONTACT.col()))
                .select(Arrays.stream(Customers.values())
                        .map(field -> switch (field) {
                            case CUSTOMER_ID -> field.is(CustomerRefs.CUSTOMER_ID.col());
                            case CONTACTS -> field.is(lit(0));
                            case ORIGINS -> field.is(map());
                            case OBSOLETE -> field.is(array());
                            default -> field.isNull();
                        })
                        .toArray(Column[]::new));
        return told.union(untold);
    }

    private static Column survivor(String golden, Field field) {
        return coalesce(Attribute.telling(field).stream()
                .map(attribute -> attribute.part(
                        try_element_at(col(golden), lit(attribute.code())).getField(CustomerAttributes.VALUE.column()),
                        field))
                .toArray(Column[]::new));
    }

    private static UserDefinedFunction history(Survivorship survivorship) {
        UDF2<Seq<Row>, Seq<Row>, List<Row>> function = (versions, incidents) -> AttributeHistory.of(
                        CollectionConverters.asJava(versions).stream()
                                .map(GoldenRecords::version)
                                .toList(),
                        CollectionConverters.asJava(incidents).stream()
                                .map(GoldenRecords::incident)
                                .toList(),
                        survivorship)
                .stream()
                .map(GoldenRecords::row)
                .toList();
        DataType entry = DataTypes.createStructType(ENTRY.stream()
                .map(field -> DataTypes.createStructField(
                        field.column(), field.spec().type(), !field.spec().isRequired()))
                .toList());
        return udf(function, DataTypes.createArrayType(entry, false));
    }

    private static Version version(Row row) {
        Map<Attribute, String> values = new EnumMap<>(Attribute.class);
        for (int i = 0; i < ATTRIBUTES.length; i++) {
            String value = row.<String>getList(5).get(i);
            if (value != null) {
                values.put(ATTRIBUTES[i], value);
            }
        }
        return new Version(
                row.getString(0), row.getString(1), row.getString(2), row.getInstant(3), row.getLong(4), values);
    }

    private static Incident incident(Row row) {
        return new Incident(
                Incident.Kind.ofCode(row.getString(0)), row.getString(1), row.getString(2), row.getInstant(3));
    }

    private static Row row(Entry entry) {
        Refutation refutation = entry.refutation();
        return RowFactory.create(ENTRY.stream()
                .map(field -> switch (field) {
                    case CUSTOMER_ID -> throw new IllegalStateException("an entry does not name its customer");
                    case ATTRIBUTE -> entry.attribute().code();
                    case VALUE -> entry.value();
                    case VALID_FROM -> entry.from();
                    case VALID_TO -> entry.to();
                    case SOURCE -> entry.source();
                    case CONTACT_ID -> entry.contactId();
                    case CONTACTS -> entry.contacts();
                    case STATE -> entry.state().code();
                    case IS_GOLDEN -> entry.isGolden();
                    case OBSOLETE_REASON ->
                        refutation == null ? null : refutation.kind().code();
                    case OBSOLETE_AT -> refutation == null ? null : refutation.occurredAt();
                    case VERIFIED_ON -> LocalDate.ofInstant(entry.verifiedAt(), ZoneOffset.UTC);
                })
                .toArray());
    }
}
