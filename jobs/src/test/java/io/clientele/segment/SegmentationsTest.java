package io.clientele.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.schema.Contactability;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.DimCustomers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conf/segments.yaml may and may not say. */
class SegmentationsTest {

    private static final String STAGES = """
            segmentations:
              stage:
                firstOf:
                  buyer: {holds: orders > 0}
                  other: {holds: "true"}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ordrs > 3                               | segment 'some': there is no column 'ordrs'; did you mean 'orders'?
            customer_rfm.segmnt = 'Lost'            | mart.customer_rfm has no column 'segmnt'; did you mean 'segment'? (columns: customer_id, as_of
            costumer_rfm.segment = 'Lost'           | there is no column 'costumer_rfm.segment'; did you mean 'customer_rfm.segment'?
            csp = 'cadre'                           | there is no column 'csp'
            as_of > date'2025-01-01'                | several tables have a column 'as_of'; say which: contactability.as_of, customer_figures.as_of, customer_rfm.as_of
            is_email_allowed                        | several tables have a column 'is_email_allowed'; say which: contactability.is_email_allowed, dim_customers.is_email_allowed
            orders + 1                              | 'holds' is BIGINT, not a boolean
            orders >                                | 'holds' is not a usable expression (PARSE_SYNTAX_ERROR
            bought('A1')                            | 'holds' calls 'bought', which is no function of Spark SQL
            count(*) > 1                            | 'holds' is not a usable expression (INVALID_WHERE_CONDITION
            orders > array(1)                       | 'holds' is not a usable expression (DATATYPE_MISMATCH
            last_order_on < current_date()          | 'holds' must not ask the clock; compare with customer_figures.as_of
            rand() < 0.1                            | 'holds' must not draw lots
            orders in (select 1)                    | 'holds' looks at one row at a time, without sub-queries
            age_band = '65+'                        | dim_customers.age_band tells age, by which nobody is to be treated otherwise
            year(last_order_on) - birth_year > 70   | dim_customers.birth_year tells age
            civility = 'MRS' and orders > 3         | dim_customers.civility tells sex
            not (town = 'PARIS')                    | dim_customers.town tells place of residence
            signals['kart'] > 2                     | conf/customer_figures.yaml has no signal 'kart'; did you mean 'cart'?
            element_at(days_since_signal, 'x') < 9  | conf/customer_figures.yaml has no signal 'x' (there are visit, cart
            segmentations.stage = 'byer'            | segmentation 'stage' has no segment 'byer'; did you mean 'buyer'? (there are buyer, other)
            segmentations.stage in ('other', 'odd') | segmentation 'stage' has no segment 'odd'
            segmentations.stages = 'buyer'          | 'segmentations' has no 'stages'; did you mean 'stage'?
            """)
    void shouldRefuseARuleThatCannotBeUsed(String rule, String complaint) throws IOException {
        Failure failure = refused(STAGES + "  targets:\n    everyOf:\n      some:\n        holds: \"" + rule + "\"\n");

        assertThat(failure).hasMessageContaining(complaint).hasMessageContaining("segments.yaml:9: segment 'some': ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                        | has exactly one of everyOf, firstOf, valueOf, byShare; this one has 0
            {valueOf: naf, firstOf: {a: {holds: 'true'}}}             | exactly one of everyOf, firstOf, valueOf, byShare; this one has 2
            {firstOf: {}}                                             | key 'firstOf' has no segment
            {everyOf: {a: {}}}                                        | key 'holds' is missing: the condition of the segment
            {everyOf: {a: {holds: 'true', reason: none}}}             | unknown key 'segmentations.one.everyOf.a.reason' (known keys: holds, justification)
            {valueOf: orders}                                         | segmentation 'one': 'valueOf' is BIGINT, not a text: write cast(... as string)
            {valueOf: customer_rfm.segmnt}                            | segmentation 'one': mart.customer_rfm has no column 'segmnt'
            {valueOf: age_band}                                       | segmentation 'one': dim_customers.age_band tells age
            {byShare: {of: kind, upTo: {a: 1}}}                       | segmentation 'one': 'of' is STRING, not a number
            {byShare: {of: 1 + 1, upTo: {a: 1}}}                      | segmentation 'one': 'of' names no column
            {byShare: {upTo: {a: 1}}}                                 | key 'of' is missing
            {byShare: {of: net_amount, upTo: {a: 0.8}}}               | the last segment ends at 1, not at 0.8
            {byShare: {of: net_amount, upTo: {a: 0.8, b: 0.5, c: 1}}} | key 'upTo.b' must be a share above that before it, 0.8
            {byShare: {of: net_amount, upTo: {a: 1.2}}}               | key 'upTo.a' must be a share above that before it, 0, and at most 1, got 1.2
            {firstOf: {a: {holds: segmentations.two = 'b'}}}          | segment 'a': there is no column 'segmentations.two'
            """)
    void shouldRefuseASegmentationThatCannotBeUsed(String segmentation, String complaint) throws IOException {
        assertThat(refused("segmentations:\n  one: " + segmentation + "\n"))
                .hasMessageContaining(complaint)
                .hasMessageContaining("segments.yaml:2: ");
    }

    @Test
    void shouldRefuseAnEmptyFileAndNamesThatWouldNotDoInSql() throws IOException {
        assertThat(refused("")).hasMessageContaining("key 'segmentations' is missing");
        assertThat(refused("segmentations:\n  Life Cycle: {valueOf: naf}\n"))
                .hasMessageContaining("a name is made of small letters, digits and underscores");
    }

    @Test
    void shouldAllowADiscriminatingColumnWithItsJustification() throws IOException {
        String rule = "segmentations: {one: {everyOf: {seniors: {holds: \"age_band = '65+'\"%s}}}}\n";

        assertThat(refused(rule.formatted(", justification: ' '"))).hasMessageContaining("tells age");
        assertThat(read(rule.formatted(", justification: asked for by them")).marts())
                .containsExactly(DimCustomers.TABLE);
    }

    @Test
    void shouldKnowWhichMartsAndProductsTheRulesName() throws IOException {
        Segmentations segmentations = read("""
                segmentations:
                  targets:
                    everyOf:
                      coffee: {holds: "array_contains(products, 'A1') or arrays_overlap(product_groups, array('tea', 'milk'))"}
                      reached: {holds: best_channel = 'email' and customer_rfm.segment = 'Lost'}
                """);

        assertThat(segmentations.marts())
                .containsExactly(CustomerFigures.TABLE, CustomerRfm.TABLE, Contactability.TABLE);
        assertThat(segmentations.wanted()).containsOnlyKeys("segment 'coffee'");
        assertThat(segmentations.wanted().get("segment 'coffee'").products()).containsExactly("A1");
        assertThat(segmentations.wanted().get("segment 'coffee'").groups()).containsExactly("milk", "tea");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            event_tipe = 'visit' | signal 'cart': qualified.events has no column 'event_tipe'; did you mean 'event_type'?
            subject              | signal 'cart': 'cart' is STRING, not a boolean
            occurred_at > now()  | signal 'cart': 'cart' must not ask the clock
            """)
    void shouldRefuseASignalThatCannotBeCounted(String condition, String complaint) throws IOException {
        Files.writeString(
                folder.resolve("customer_figures.yaml"), "signalDays: 90\nsignals:\n  cart: " + condition + "\n");

        Failure failure = catchThrowableOfType(Failure.class, () -> CustomerFiguresJob.read(new ConfigFolder(folder)));

        assertThat(failure).hasMessageContaining("customer_figures.yaml:3: ").hasMessageContaining(complaint);
    }

    private Failure refused(String text) throws IOException {
        write(text);
        Failure failure = catchThrowableOfType(Failure.class, () -> Segmentations.read(new ConfigFolder(folder)));
        assertThat(failure).as(text).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        return failure;
    }

    private Segmentations read(String text) throws IOException {
        write(text);
        return Segmentations.read(new ConfigFolder(folder));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("segments.yaml"), text);
        Files.writeString(folder.resolve("customer_figures.yaml"), """
                signalDays: 90
                signals:
                  visit: event_type = 'visit'
                  cart: event_type = 'page_view' and subject = '/panier'
                """);
    }
}
