package io.clientele;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.delta.tables.DeltaTable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Encoders;

@AnalyzeClasses(packages = "io.clientele", importOptions = ArchitectureTest.ProductCode.class)
class ArchitectureTest {

    /** Neither the tests here nor the test support of the common module, which comes as a folder or as a jar. */
    static final class ProductCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    private static final String[] VERBS = {
        "io.clientele.collect..",
        "io.clientele.qualify..",
        "io.clientele.score..",
        "io.clientele.segment..",
        "io.clientele.predict..",
        "io.clientele.publish..",
        "io.clientele.comply..",
        "io.clientele.generate.."
    };

    @ArchTest
    static final ArchRule onlyTheLakeReadsAndWrites = noClasses()
            .that()
            .resideOutsideOfPackage("io.clientele.lake")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(DataFrameReader.class, DataFrameWriter.class, DeltaTable.class);

    @ArchTest
    static final ArchRule verbsDoNotKnowEachOther = slices().matching(
                    "io.clientele.(collect|qualify|score|segment|predict|publish|comply|generate)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.clientele.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commonKnowsNoJob = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.clientele.table..",
                    "io.clientele.schema..",
                    "io.clientele.lake..",
                    "io.clientele.config..",
                    "io.clientele.quality..",
                    "io.clientele.sql..",
                    "io.clientele.run..",
                    "io.clientele.text..",
                    "io.clientele.stats..",
                    "io.clientele.failure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(VERBS);

    @ArchTest
    static final ArchRule textIsPlainJava = noClasses()
            .that()
            .resideInAPackage("io.clientele.text..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule beansAreNotEncoded = noClasses().should().callMethod(Encoders.class, "bean", Class.class);

    @ArchTest
    static final ArchRule nobodyExitsButMain = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule nobodyPrintsButTheCommandLine = noClasses()
            .that(JavaClass.Predicates.resideOutsideOfPackage("io.clientele.cli"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .that(resideInAPackage("io.clientele.."))
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
