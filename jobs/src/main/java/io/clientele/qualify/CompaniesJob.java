package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.clientele.qualify.CompanyChoice.Candidate;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedCompaniesRegister;
import io.clientele.schema.Companies;
import io.clientele.schema.Contacts;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import io.clientele.text.NafDivisions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds the companies among the contact records in the official register: by their number where they tell one, otherwise by
 * name and place where one establishment stands out. Of several that are as likely none is chosen; what the register withholds
 * is not compared; one that has closed is only found by its number.
 */
public final class CompaniesJob {

    public static final Job<Config> JOB = Job.named("companies", Config.class)
            .reads(Contacts.TABLE, CollectedCompaniesRegister.TABLE)
            .writes(Companies.TABLE)
            .runs(CompaniesJob::run);

    /**
     * {@code conf/companies.yaml}.
     *
     * @param threshold how like name and place must be, 0 to 1
     * @param margin how far the most likely company, and establishment, must be ahead of the next, 0 to 1
     * @param largestBlock establishments that have a word of the name and the postcode in common are compared if they are no
     *     more than this; that bounds the work, for frequent words in large towns
     */
    public record Config(double threshold, double margin, int largestBlock) {
        public Config {
            check(threshold > 0 && threshold <= 1, "key 'threshold' must be above 0 and at most 1, got %s", threshold);
            check(margin > 0 && margin < 1, "key 'margin' must be between 0 and 1, got %s", margin);
            check(
                    largestBlock >= 1 && largestBlock <= 10_000,
                    "key 'largestBlock' must be between 1 and 10000, got %d",
                    largestBlock);
        }
    }

    private static final String BY_SIRET = "siret";
    private static final String BY_SIREN = "siren";
    private static final String BY_ADDRESS = "name and address";
    private static final String BY_TOWN = "name and town";

    private static final String FRANCE = "FR";

    /** What the register has under one number: a legal unit, an establishment. */
    private static final String UNIT = "unit";

    private static final String ESTABLISHMENT = "establishment";
    private static final String ENTRY = "entry";
    private static final String TRAITS = "traits";
    private static final String ENTRY_TRAITS = "entry_traits";
    private static final String CLAIMED_SIRET = "claimed_siret";
    private static final String POSTCODE = "of_postcode";
    private static final String BLOCK = "block";
    private static final String BLOCK_SIZE = "block_size";
    private static final String BLOCKS = "blocks";
    private static final String LIKENESS = "likeness";
    private static final String IS_IN_STREET = "is_in_street";
    private static final String CANDIDATES = "candidates";
    private static final String CHOICE = "choice";
    private static final String FOUND = "found";

    private static final StructType TRAITS_TYPE = DataTypes.createStructType(List.of(
            DataTypes.createStructField("names", DataTypes.createArrayType(DataTypes.StringType), false),
            DataTypes.createStructField("number", DataTypes.StringType, false),
            DataTypes.createStructField("street", DataTypes.StringType, false),
            DataTypes.createStructField("postcode", DataTypes.StringType, false),
            DataTypes.createStructField("town", DataTypes.StringType, false),
            DataTypes.createStructField(BLOCKS, DataTypes.createArrayType(DataTypes.StringType), false)));

    private static final StructType LIKENESS_TYPE = DataTypes.createStructType(List.of(
            DataTypes.createStructField(LIKENESS, DataTypes.DoubleType, false),
            DataTypes.createStructField(IS_IN_STREET, DataTypes.BooleanType, false)));

    private static final StructType CHOICE_TYPE = DataTypes.createStructType(List.of(
            DataTypes.createStructField(Companies.SIRET.column(), DataTypes.StringType, true),
            DataTypes.createStructField(Companies.UNMATCHED_REASON.column(), DataTypes.StringType, true)));

    private CompaniesJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> companies = companies(run.lake().read(Contacts.TABLE));
        Dataset<Row> register = Deliveries.upTo(run, CollectedCompaniesRegister.TABLE);
        long written = run.lake()
                .replace(Companies.TABLE, found(companies, register, config))
                .rows();
        run.balance(Companies.TABLE, companies.count(), written, 0, 0);
    }

    /** One row per contact record of a company, found in the register or not. */
    public static Dataset<Row> enrich(Dataset<Row> contacts, Dataset<Row> register, Config config) {
        return found(companies(contacts), register, config);
    }

    private static Dataset<Row> companies(Dataset<Row> contacts) {
        return contacts.where(coalesce(Contacts.COMPANY_NAME.col(), Contacts.SIREN.col(), Contacts.SIRET.col())
                .isNotNull());
    }

    private static Dataset<Row> found(Dataset<Row> companies, Dataset<Row> register, Config config) {
        Dataset<Row> entries = entries(register);
        Dataset<Row> found = byNumber(companies, entries).unionByName(byName(companies, entries, config));
        Column naf = entry(Companies.NAF);
        return companies
                .select(Contacts.CONTACT_ID.col())
                .join(found, Joins.on(Contacts.CONTACT_ID), Joins.LEFT)
                .select(
                        Companies.CONTACT_ID.is(Contacts.CONTACT_ID.col()),
                        Companies.MATCH_KIND.is(Companies.MATCH_KIND.col()),
                        Companies.SCORE.is(Companies.SCORE.col()),
                        Companies.UNMATCHED_REASON.is(when(
                                col(ENTRY).isNull(),
                                coalesce(Companies.UNMATCHED_REASON.col(), lit(CompanyChoice.NONE)))),
                        Companies.SIREN.is(entry(Companies.SIREN)),
                        Companies.SIRET.is(entry(Companies.SIRET)),
                        Companies.REGISTER_NAME.is(entry(Companies.REGISTER_NAME)),
                        Companies.LEGAL_CATEGORY.is(entry(Companies.LEGAL_CATEGORY)),
                        Companies.NAF.is(naf),
                        Companies.NAF_LABEL.is(nafLabel(naf)),
                        Companies.NAF_2025.is(entry(Companies.NAF_2025)),
                        Companies.SIZE_BAND.is(entry(Companies.SIZE_BAND)),
                        Companies.IS_HEAD_OFFICE.is(entry(Companies.IS_HEAD_OFFICE)),
                        Companies.HEAD_OFFICE_SIRET.is(entry(Companies.HEAD_OFFICE_SIRET)),
                        Companies.IS_ACTIVE.is(entry(Companies.IS_ACTIVE)),
                        Companies.IS_RESTRICTED.is(entry(Companies.IS_RESTRICTED)));
    }

    /** One row per establishment in its latest version, with what its legal unit tells: as an entry, and as traits. */
    private static Dataset<Row> entries(Dataset<Row> register) {
        Column siren = CollectedCompaniesRegister.SIREN.col();
        Column siret = CollectedCompaniesRegister.SIRET.col();
        Column order = struct(
                Delivery.DELIVERED_ON.col(), Delivery.FILE.col(), Delivery.POSITION.col(), Delivery.RECORD_ID.col());
        Column[] told =
                Stream.of(CollectedCompaniesRegister.values()).map(Field::col).toArray(Column[]::new);
        // The two are told apart by name, not by the source: the layouts may be sources of their own.
        Dataset<Row> latest =
                register.groupBy(siren, siret).agg(max_by(struct(told), order).as(ESTABLISHMENT));
        Dataset<Row> units =
                latest.where(siret.isNull()).select(siren, col(ESTABLISHMENT).as(UNIT));
        Column active = coalesce(told(ESTABLISHMENT, CollectedCompaniesRegister.IS_ACTIVE), lit(true))
                .and(coalesce(told(UNIT, CollectedCompaniesRegister.IS_ACTIVE), lit(true)));
        Column names = array_compact(concat(
                names(UNIT, CollectedCompaniesRegister.NAME), names(ESTABLISHMENT, CollectedCompaniesRegister.NAME)));
        Dataset<Row> joined =
                latest.where(siret.isNotNull()).join(units, Joins.on(CollectedCompaniesRegister.SIREN), Joins.LEFT);
        return joined.select(
                struct(
                                Companies.SIREN.is(siren),
                                Companies.SIRET.is(siret),
                                Companies.REGISTER_NAME.is(get(names, lit(0))),
                                Companies.LEGAL_CATEGORY.is(told(UNIT, CollectedCompaniesRegister.LEGAL_CATEGORY)),
                                Companies.NAF.is(either(CollectedCompaniesRegister.NAF)),
                                Companies.NAF_2025.is(either(CollectedCompaniesRegister.NAF_2025)),
                                Companies.SIZE_BAND.is(coalesce(
                                        told(UNIT, CollectedCompaniesRegister.SIZE_BAND),
                                        told(ESTABLISHMENT, CollectedCompaniesRegister.SIZE_BAND))),
                                Companies.IS_HEAD_OFFICE.is(coalesce(
                                        told(UNIT, CollectedCompaniesRegister.HEAD_OFFICE_SIRET)
                                                .equalTo(siret),
                                        told(ESTABLISHMENT, CollectedCompaniesRegister.IS_HEAD_OFFICE))),
                                Companies.HEAD_OFFICE_SIRET.is(
                                        told(UNIT, CollectedCompaniesRegister.HEAD_OFFICE_SIRET)),
                                Companies.IS_ACTIVE.is(active),
                                Companies.IS_RESTRICTED.is(either(CollectedCompaniesRegister.IS_RESTRICTED)))
                        .as(ENTRY),
                traits(
                                names,
                                told(ESTABLISHMENT, CollectedCompaniesRegister.ADDRESS),
                                told(ESTABLISHMENT, CollectedCompaniesRegister.POSTCODE),
                                told(ESTABLISHMENT, CollectedCompaniesRegister.TOWN))
                        .as(ENTRY_TRAITS));
    }

    /**
     * Contact records that tell a number, whose check digits are right. A SIREN alone gives the head office, unless one open establishment has the
     * postcode of the contact; so does a SIRET that the register has not got, for its company.
     */
    private static Dataset<Row> byNumber(Dataset<Row> companies, Dataset<Row> entries) {
        Dataset<Row> claims = companies
                .select(
                        Contacts.CONTACT_ID.col(),
                        traits(array(), Contacts.ADDRESS.col(), Contacts.POSTCODE.col(), Contacts.TOWN.col())
                                .getField("postcode")
                                .as(POSTCODE),
                        Contacts.SIRET.col().as(CLAIMED_SIRET),
                        coalesce(Contacts.SIRET.col().substr(1, 9), Contacts.SIREN.col())
                                .as(Companies.SIREN.column()))
                .where(Companies.SIREN.col().isNotNull());
        Column isExact = entry(Companies.SIRET).equalTo(col(CLAIMED_SIRET));
        Column isHead = entry(Companies.IS_HEAD_OFFICE);
        Column isNear = entry(Companies.IS_ACTIVE)
                .and(col(ENTRY_TRAITS).getField("postcode").equalTo(col(POSTCODE)));
        String exact = "exact";
        String near = "near";
        String head = "head";
        String neighbours = "neighbours";
        return claims.join(
                        entries.withColumn(Companies.SIREN.column(), entry(Companies.SIREN)), Joins.on(Companies.SIREN))
                .where(coalesce(isExact, lit(false))
                        .or(coalesce(isHead, lit(false)))
                        .or(coalesce(isNear, lit(false))))
                .groupBy(Contacts.CONTACT_ID.col())
                .agg(
                        max(when(isExact, col(ENTRY))).as(exact),
                        max(when(isNear, col(ENTRY))).as(near),
                        count_if(isNear).as(neighbours),
                        max_by(
                                        when(isHead, col(ENTRY)),
                                        when(isHead, struct(entry(Companies.IS_ACTIVE), entry(Companies.SIRET))))
                                .as(head))
                .select(
                        Contacts.CONTACT_ID.col(),
                        coalesce(col(exact), when(col(neighbours).equalTo(1), col(near)), col(head))
                                .as(ENTRY),
                        when(col(exact).isNotNull(), BY_SIRET)
                                .otherwise(BY_SIREN)
                                .as(Companies.MATCH_KIND.column()),
                        lit(1.0).as(Companies.SCORE.column()),
                        lit(null).cast(DataTypes.StringType).as(Companies.UNMATCHED_REASON.column()))
                .where(col(ENTRY).isNotNull());
    }

    /** Contact records that tell a name and no number: compared with the establishments of the same blocks. */
    private static Dataset<Row> byName(Dataset<Row> companies, Dataset<Row> entries, Config config) {
        Dataset<Row> named = companies
                .where(coalesce(Contacts.SIREN.col(), Contacts.SIRET.col()).isNull())
                .where(coalesce(Contacts.COUNTRY.col(), lit(FRANCE)).equalTo(FRANCE))
                .select(
                        Contacts.CONTACT_ID.col(),
                        traits(
                                        array(Contacts.COMPANY_NAME.col()),
                                        Contacts.ADDRESS.col(),
                                        Contacts.POSTCODE.col(),
                                        Contacts.TOWN.col())
                                .as(TRAITS))
                .withColumn(BLOCK, explode(col(TRAITS).getField(BLOCKS)));
        Dataset<Row> blocks = entries.withColumn(
                        BLOCK, explode(col(ENTRY_TRAITS).getField(BLOCKS)))
                .join(
                        named.select(col(BLOCK)),
                        CollectionConverters.asScala(List.of(BLOCK)).toSeq(),
                        "left_semi")
                .withColumn(BLOCK_SIZE, count(lit(1)).over(Window.partitionBy(col(BLOCK))))
                .where(col(BLOCK_SIZE).leq(config.largestBlock()));
        Column candidate = struct(col(LIKENESS), col(IS_IN_STREET), col(ENTRY));
        Column best = element_at(
                filter(col(CANDIDATES), one -> one.getField(ENTRY)
                        .getField(Companies.SIRET.column())
                        .equalTo(col(CHOICE).getField(Companies.SIRET.column()))),
                1);
        return named.join(blocks, BLOCK)
                .withColumn(FOUND, likeness(col(TRAITS), col(ENTRY_TRAITS)))
                .select(Contacts.CONTACT_ID.col(), col(ENTRY), col(FOUND + ".*"))
                // What is further behind decides nothing.
                .where(col(LIKENESS).geq(config.threshold() - config.margin()))
                .groupBy(Contacts.CONTACT_ID.col())
                .agg(collect_set(candidate).as(CANDIDATES))
                .withColumn(CHOICE, choice(col(CANDIDATES), config))
                .withColumn(
                        FOUND,
                        when(col(CHOICE).getField(Companies.SIRET.column()).isNotNull(), best))
                .select(
                        Contacts.CONTACT_ID.col(),
                        col(FOUND).getField(ENTRY).as(ENTRY),
                        when(col(FOUND).getField(IS_IN_STREET), BY_ADDRESS)
                                .when(col(FOUND).isNotNull(), BY_TOWN)
                                .as(Companies.MATCH_KIND.column()),
                        col(FOUND).getField(LIKENESS).as(Companies.SCORE.column()),
                        col(CHOICE)
                                .getField(Companies.UNMATCHED_REASON.column())
                                .as(Companies.UNMATCHED_REASON.column()));
    }

    private static Column entry(Field field) {
        return col(ENTRY).getField(field.column());
    }

    private static Column told(String of, Field field) {
        return col(of).getField(field.column());
    }

    private static Column either(Field field) {
        return coalesce(told(ESTABLISHMENT, field), told(UNIT, field));
    }

    private static Column names(String of, Field name) {
        Column none = array().cast(CollectedCompaniesRegister.OTHER_NAMES.spec().type());
        return concat(array(told(of, name)), coalesce(told(of, CollectedCompaniesRegister.OTHER_NAMES), none));
    }

    private static Column nafLabel(Column naf) {
        UDF1<String, String> label = NafDivisions::label;
        return udf(label, DataTypes.StringType).apply(naf);
    }

    private static Column traits(Column names, Column address, Column postcode, Column town) {
        UDF4<Seq<String>, String, String, String, Row> reading = (of, street, code, place) -> {
            CompanyTraits traits = CompanyTraits.of(CollectionConverters.asJava(of), street, code, place);
            return RowFactory.create(
                    seq(traits.names()),
                    traits.number(),
                    traits.street(),
                    traits.postcode(),
                    traits.town(),
                    seq(traits.blocks()));
        };
        DataType texts = DataTypes.createArrayType(DataTypes.StringType);
        return udf(reading, TRAITS_TYPE).apply(names.cast(texts), address, postcode, town);
    }

    private static Column likeness(Column traits, Column others) {
        UDF2<Row, Row, Row> comparing = (one, other) -> {
            CompanyTraits company = read(one);
            CompanyTraits entry = read(other);
            return RowFactory.create(company.likeness(entry), company.isInStreetOf(entry));
        };
        return udf(comparing, LIKENESS_TYPE).apply(traits, others);
    }

    private static Column choice(Column candidates, Config config) {
        double threshold = config.threshold();
        double margin = config.margin();
        UDF1<Seq<Row>, Row> choosing = rows -> {
            CompanyChoice choice = CompanyChoice.of(
                    CollectionConverters.asJava(rows).stream()
                            .map(CompaniesJob::candidate)
                            .toList(),
                    threshold,
                    margin);
            return RowFactory.create(choice.siret(), choice.reason());
        };
        return udf(choosing, CHOICE_TYPE).apply(candidates);
    }

    private static Candidate candidate(Row row) {
        Row entry = row.getAs(ENTRY);
        return new Candidate(
                entry.getAs(Companies.SIREN.column()),
                entry.getAs(Companies.SIRET.column()),
                entry.<Boolean>getAs(Companies.IS_ACTIVE.column()),
                row.<Double>getAs(LIKENESS));
    }

    private static CompanyTraits read(Row row) {
        return new CompanyTraits(
                row.<String>getList(0), row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    private static Seq<String> seq(List<String> values) {
        return CollectionConverters.asScala(values).toSeq();
    }
}
