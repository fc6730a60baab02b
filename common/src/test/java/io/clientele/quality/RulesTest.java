package io.clientele.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerRfm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration may not say, each with the line that says it. */
class RulesTest {

    private static final String RFM = "table: mart.customer_rfm, dimension: validity, severity: stop";
    private static final String FRESH = "table: mart.customer_rfm, dimension: freshness, severity: warn";
    private static final String KEY = "table: mart.customer_rfm, dimension: uniqueness, severity: stop";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            table: mart.customer_rmf, dimension: validity, severity: warn, holds: 'r > 0'  | no job writes a table 'mart.customer_rmf'; did you mean 'mart.customer_rfm'?
            RFM, holds: 'frequncy > 0'                     | mart.customer_rfm has no column 'frequncy'; did you mean 'frequency'? (columns: customer_id, as_of
            RFM, holds: 'frequency + 1'                    | 'holds' is BIGINT, not a boolean
            RFM, holds: 'frequency >'                      | 'holds' is not a usable expression (PARSE_SYNTAX_ERROR
            RFM, holds: 'frequency = nosuch(1)'            | 'holds' calls 'nosuch', which is no function of Spark SQL
            RFM, holds: 'count(*) > 0'                     | 'holds' is not a usable expression (INVALID_WHERE_CONDITION
            RFM, holds: 'as_of <= current_date()'          | 'holds' must not ask the clock; 'newest' compares
            RFM, holds: 'rand() < 2'                       | 'holds' must not draw lots
            RFM, holds: 'r in (select 1)'                  | 'holds' looks at one row at a time, without sub-queries
            RFM, holds: 'r > 0', mostFailing: 1.5          | key 'mostFailing' must be a share from 0 to below 1, got 1.5
            RFM, holds: 'r > 0', mostFailing: -0.1         | key 'mostFailing' must be a share from 0 to below 1, got -0.1
            RFM, holds: 'r > 0', mostFailing: some         | key 'rules.good.mostFailing' is not a number
            RFM, holds: 'r > 0', leastRows: 3              | exactly one of holds, unique, newest and leastRows, this one has 2
            RFM                                            | exactly one of holds, unique, newest and leastRows, this one has 0
            RFM, holds: ''                                 | key 'holds' is empty
            RFM, leastRows: 0                              | key 'leastRows' must be positive, got 0
            RFM, leastRows: 1, mostFailing: 0.1            | key 'mostFailing' goes with 'holds' or 'unique' only
            RFM, unique: [customer_id]                     | key 'dimension' is uniqueness where 'unique' is given
            KEY, unique: [customer]                        | mart.customer_rfm has no column 'customer'; did you mean 'customer_id'?
            KEY, unique: []                                | key 'unique' is empty
            FRESH, newest: frequency, days: 3              | column 'frequency' is bigint, neither a date nor a timestamp
            FRESH, newest: as_off, days: 3                 | no column 'as_off'; did you mean 'as_of'?
            FRESH, newest: as_of                           | key 'days' is there where 'newest' is
            FRESH, newest: as_of, days: -1                 | key 'days' must not be negative, got -1
            table: mart.customer_rfm, dimension: validity, severity: fatal, leastRows: 1   | key 'rules.good.severity' is 'fatal', expected one of warn, stop
            table: mart.customer_rfm, dimension: validty, severity: stop, leastRows: 1     | key 'rules.good.dimension' is 'validty', expected one of completeness, validity
            table: mart.customer_rfm, dimension: validity, leastRows: 1                    | key 'severity' is missing
            table: mart.customer_rfm, severity: warn, leastRows: 1                         | key 'dimension' is missing
            dimension: validity, severity: warn, leastRows: 1                              | key 'table' is missing
            RFM, leastRows: 1, mostFailng: 0.1             | unknown key 'rules.good.mostFailng'; did you mean 'mostFailing'?
            table: collected.order_lines, dimension: validity, severity: stop, leastRows: 1 | a rule on collected.order_lines can only warn
            """)
    void shouldRefuseARuleThatCannotBeHeld(String rule, String complaint) throws IOException {
        String written = rule.replace("RFM", RFM).replace("FRESH", FRESH).replace("KEY", KEY);

        Failure failure = refused("# one rule\nrules:\n  good: {" + written + "}\n");

        assertThat(failure).hasMessageContaining(complaint).hasMessageContaining("quality.yaml:3: ");
    }

    @Test
    void shouldRefuseTwoRulesOfOneName() throws IOException {
        String rule = "  good: {" + RFM + ", leastRows: 1}\n";

        assertThat(refused("rules:\n" + rule + rule)).hasMessageContaining("Duplicate field 'good'");
    }

    @Test
    void shouldRefuseANameThatWouldNotDoInSql() throws IOException {
        assertThat(refused("rules:\n  Good one: {" + RFM + ", leastRows: 1}\n"))
                .hasMessageContaining("a name is made of small letters, digits and underscores");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            days: 0, leastNights: 3, deviations: 5, leastChange: 0.1   | key 'days' must be between 1 and 366, got 0
            days: 30, leastNights: 2, deviations: 5, leastChange: 0.1  | key 'leastNights' must be between 3 and the 30 days, got 2
            days: 30, leastNights: 3, deviations: 0, leastChange: 0.1  | key 'deviations' must be positive
            days: 30, leastNights: 3, deviations: 5, leastChange: 2    | key 'leastChange' must be between 0 and 1
            days: 30, leastNights: 3, deviations: 5                    | key 'drift.leastChange' is missing
            """)
    void shouldRefuseADriftThatNobodyCanMeasure(String drift, String complaint) throws IOException {
        assertThat(refused("drift: {" + drift + "}\n")).hasMessageContaining(complaint);
    }

    @Test
    void shouldReadRulesAndKnowThoseOfATable() throws IOException {
        Rules rules = read("""
                rules:
                  segments: {table: mart.customer_rfm, dimension: completeness, severity: WARN, holds: segment <> ''}
                  key: {%s, unique: [customer_id, as_of], mostFailing: 0.01}
                """.formatted(KEY));

        assertThat(rules.of(CustomerRfm.TABLE)).extracting(Rules.Bound::id).containsExactly("segments", "key");
        assertThat(rules.of(Contacts.TABLE)).isEmpty();
        assertThat(rules.drift()).isEmpty();
    }

    private Failure refused(String text) throws IOException {
        Files.writeString(folder.resolve("quality.yaml"), text);
        Failure failure = catchThrowableOfType(Failure.class, this::read);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        return failure;
    }

    private Rules read(String text) throws IOException {
        Files.writeString(folder.resolve("quality.yaml"), text);
        return read();
    }

    private Rules read() {
        return Rules.read(
                new ConfigFolder(folder), List.of(CustomerRfm.TABLE, Contacts.TABLE, CollectedOrderLines.TABLE));
    }
}
