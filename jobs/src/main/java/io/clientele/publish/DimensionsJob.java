package io.clientele.publish;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.months_between;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.Companies;
import io.clientele.schema.Consents;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.schema.Products;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Publishes customers, described but not identified, and products, with what was sold to the one and of the other. */
public final class DimensionsJob {

    public static final Job<Config> JOB = Job.named("dimensions", Config.class)
            .reads(
                    Customers.TABLE,
                    CustomerContacts.TABLE,
                    Contacts.TABLE,
                    Companies.TABLE,
                    Consents.TABLE,
                    Products.TABLE,
                    FctOrderLines.TABLE)
            .writes(DimCustomers.TABLE, DimProducts.TABLE)
            .runs(DimensionsJob::run);

    private static final String LAST_COUNTRY = "last_country";
    private static final String COMPANY = "company";

    /** {@code conf/dimensions.yaml}: nothing to say yet. */
    public record Config() {}

    private DimensionsJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> lines = run.lake().read(FctOrderLines.TABLE);
        Dataset<Row> customers = run.lake().read(Customers.TABLE);
        Dataset<Row> products = run.lake().read(Products.TABLE);
        long published = run.lake()
                .replace(
                        DimCustomers.TABLE,
                        customers(
                                customers,
                                described(
                                        run.lake().read(CustomerContacts.TABLE),
                                        run.lake().read(Contacts.TABLE),
                                        run.lake().read(Companies.TABLE)),
                                run.lake().read(Consents.TABLE),
                                lines,
                                run.date()))
                .rows();
        run.balance(DimCustomers.TABLE, customers.count(), published, 0, 0);
        published =
                run.lake().replace(DimProducts.TABLE, products(products, lines)).rows();
        run.balance(DimProducts.TABLE, products.count(), published, 0, 0);
    }

    /** One row per customer that has contact records: where they come from, and what the register of companies says. */
    static Dataset<Row> described(Dataset<Row> members, Dataset<Row> contacts, Dataset<Row> companies) {
        Column company = struct(
                Companies.SCORE.col(),
                Companies.CONTACT_ID.col(),
                Companies.NAF.col(),
                Companies.NAF_LABEL.col(),
                Companies.SIZE_BAND.col());
        return members.join(
                        contacts.select(Contacts.CONTACT_ID.col(), Contacts.SOURCE.col()),
                        Joins.on(CustomerContacts.CONTACT_ID))
                .join(
                        companies
                                .where(Companies.NAF.col().isNotNull())
                                .select(Companies.CONTACT_ID.col(), company.as(COMPANY)),
                        Joins.on(Companies.CONTACT_ID),
                        Joins.LEFT)
                .groupBy(CustomerContacts.CUSTOMER_ID.col())
                .agg(
                        DimCustomers.SOURCES.is(array_sort(collect_set(Contacts.SOURCE.col()))),
                        max(col(COMPANY)).as(COMPANY));
    }

    /**
     * One row per customer.
     *
     * @param described what contact records and the register of companies say
     */
    static Dataset<Row> customers(
            Dataset<Row> customers, Dataset<Row> described, Dataset<Row> consents, Dataset<Row> lines, LocalDate date) {
        Column customer = CustomerRefs.CUSTOMER_ID.col();
        Dataset<Row> sales = sales(lines)
                .where(customer.isNotNull())
                .groupBy(customer)
                .agg(
                        count_distinct(FctOrderLines.ORDER_ID.col()).as(DimCustomers.ORDERS.column()),
                        sum(FctOrderLines.AMOUNT.col()).as(DimCustomers.SALES_AMOUNT.column()),
                        min(FctOrderLines.ORDERED_ON.col()).as(DimCustomers.FIRST_ORDER_ON.column()),
                        max(FctOrderLines.ORDERED_ON.col()).as(DimCustomers.LAST_ORDER_ON.column()),
                        max_by(
                                        FctOrderLines.COUNTRY.col(),
                                        struct(FctOrderLines.ORDERED_AT.col(), FctOrderLines.ORDER_LINE_ID.col()))
                                .as(LAST_COUNTRY));
        Dataset<Row> allowed = consents.where(Consents.PURPOSE.col().equalTo("marketing"))
                .groupBy(customer)
                .agg(
                        allowed("email").as(DimCustomers.IS_EMAIL_ALLOWED.column()),
                        allowed("sms").as(DimCustomers.IS_SMS_ALLOWED.column()));
        return customers
                .join(described, Joins.on(Customers.CUSTOMER_ID), Joins.LEFT)
                .join(sales, Joins.on(Customers.CUSTOMER_ID), Joins.LEFT)
                .join(allowed, Joins.on(Customers.CUSTOMER_ID), Joins.LEFT)
                .select(
                        DimCustomers.CUSTOMER_ID.is(customer),
                        DimCustomers.KIND.is(when(Customers.COMPANY_NAME.col().isNotNull(), "company")
                                .when(Customers.CONTACTS.col().gt(0), "person")
                                .otherwise("unknown")),
                        DimCustomers.CIVILITY.is(Customers.CIVILITY.col()),
                        DimCustomers.BIRTH_YEAR.is(year(Customers.BIRTH_DATE.col())),
                        DimCustomers.AGE_BAND.is(ageBand(date)),
                        DimCustomers.OCCUPATION_GROUP.is(Customers.OCCUPATION_GROUP.col()),
                        DimCustomers.COUNTRY.is(coalesce(Customers.COUNTRY.col(), col(LAST_COUNTRY))),
                        DimCustomers.DEPARTMENT.is(department()),
                        DimCustomers.TOWN.is(Customers.TOWN.col()),
                        DimCustomers.NAF.is(col(COMPANY).getField(Companies.NAF.column())),
                        DimCustomers.NAF_LABEL.is(col(COMPANY).getField(Companies.NAF_LABEL.column())),
                        DimCustomers.SIZE_BAND.is(col(COMPANY).getField(Companies.SIZE_BAND.column())),
                        DimCustomers.SOURCES.is(coalesce(
                                DimCustomers.SOURCES.col(),
                                array().cast(DimCustomers.SOURCES.spec().type()))),
                        DimCustomers.HAS_EMAIL.is(reaches(Customers.EMAIL)),
                        DimCustomers.HAS_PHONE.is(reaches(Customers.PHONE).or(reaches(Customers.MOBILE))),
                        DimCustomers.IS_EMAIL_ALLOWED.is(coalesce(DimCustomers.IS_EMAIL_ALLOWED.col(), lit(false))),
                        DimCustomers.IS_SMS_ALLOWED.is(coalesce(DimCustomers.IS_SMS_ALLOWED.col(), lit(false))),
                        DimCustomers.CONTACTS.is(Customers.CONTACTS.col()),
                        DimCustomers.ORDERS.is(coalesce(DimCustomers.ORDERS.col(), lit(0L))),
                        DimCustomers.SALES_AMOUNT.is(coalesce(DimCustomers.SALES_AMOUNT.col(), lit(0))),
                        DimCustomers.FIRST_ORDER_ON.is(DimCustomers.FIRST_ORDER_ON.col()),
                        DimCustomers.LAST_ORDER_ON.is(DimCustomers.LAST_ORDER_ON.col()));
    }

    /** One row per product. */
    public static Dataset<Row> products(Dataset<Row> products, Dataset<Row> lines) {
        Dataset<Row> sales = sales(lines)
                .groupBy(FctOrderLines.PRODUCT_ID.col())
                .agg(
                        sum(FctOrderLines.QUANTITY.col()).as(DimProducts.UNITS_SOLD.column()),
                        sum(FctOrderLines.AMOUNT.col()).as(DimProducts.SALES_AMOUNT.column()));
        return products.join(sales, Joins.on(Products.PRODUCT_ID), Joins.LEFT)
                .select(
                        DimProducts.PRODUCT_ID.is(Products.PRODUCT_ID.col()),
                        DimProducts.LABEL.is(Products.LABEL.col()),
                        DimProducts.PRODUCT_GROUP.is(coalesce(Products.PRODUCT_GROUP.col(), lit(ColumnSpec.UNKNOWN))),
                        DimProducts.BRAND.is(Products.BRAND.col()),
                        DimProducts.LIST_PRICE.is(Products.LIST_PRICE.col()),
                        DimProducts.IS_LISTED.is(Products.IS_LISTED.col()),
                        DimProducts.UNITS_SOLD.is(coalesce(DimProducts.UNITS_SOLD.col(), lit(0))),
                        DimProducts.SALES_AMOUNT.is(coalesce(DimProducts.SALES_AMOUNT.col(), lit(0))));
    }

    private static Dataset<Row> sales(Dataset<Row> lines) {
        return lines.where(LineKind.SALE.is(FctOrderLines.LINE_KIND.col()));
    }

    /** Known and not proven wrong. */
    private static Column reaches(Field attribute) {
        return attribute.col().isNotNull().and(not(array_contains(Customers.OBSOLETE.col(), attribute.column())));
    }

    /** Allowed if every decision on the channel is an agreement; nothing said is no agreement. */
    private static Column allowed(String channel) {
        return bool_and(when(Consents.CHANNEL.col().equalTo(channel), Consents.IS_GRANTED.col()));
    }

    /** Bands that marketing speaks of; whoever is not born yet has none. */
    private static Column ageBand(LocalDate date) {
        Column age = floor(months_between(lit(date), Customers.BIRTH_DATE.col()).divide(12));
        return when(age.lt(0), lit(null))
                .when(age.lt(18), "0-17")
                .when(age.lt(25), "18-24")
                .when(age.lt(35), "25-34")
                .when(age.lt(50), "35-49")
                .when(age.lt(65), "50-64")
                .when(age.geq(65), "65+");
    }

    /** The department that a French postcode begins with; Corsica has two under 20, overseas ones have three digits. */
    private static Column department() {
        Column postcode = Customers.POSTCODE.col();
        return when(
                Customers.COUNTRY.col().equalTo("FR").and(postcode.rlike("^[0-9]{5}$")),
                when(postcode.rlike("^20[01]"), "2A")
                        .when(postcode.startsWith("20"), "2B")
                        .when(postcode.rlike("^9[78]"), substring(postcode, 1, 3))
                        .otherwise(substring(postcode, 1, 2)));
    }
}
