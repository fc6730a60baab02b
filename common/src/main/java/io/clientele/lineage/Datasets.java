package io.clientele.lineage;

import io.clientele.lake.Lake;
import io.clientele.run.Job;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.run.RunRecord.TableRead;
import io.clientele.run.RunRecord.TableWrite;
import io.clientele.table.Field;
import io.clientele.table.Table;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.TagsDatasetFacetFields;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables as OpenLineage names them, with their contracts: columns and what they mean, which of them are personal. */
final class Datasets {

    private final OpenLineage openLineage;
    private final URI lake;
    private final Map<String, Table> tables;

    Datasets(OpenLineage openLineage, String lakeRoot, Collection<Job<?>> jobs) {
        this.openLineage = openLineage;
        this.lake = URI.create(lakeRoot);
        this.tables = jobs.stream()
                .flatMap(job -> Stream.concat(job.reads().stream(), job.writes().stream()))
                .distinct()
                .collect(Collectors.toMap(Table::qualifiedName, Function.identity()));
    }

    List<InputDataset> inputs(Collection<Table> declared) {
        return declared.stream().map(table -> input(table, facets(table))).toList();
    }

    List<OutputDataset> outputs(Collection<Table> declared) {
        return declared.stream()
                .map(table -> openLineage.newOutputDataset(
                        namespace(), name(table), facets(table).build(), null))
                .toList();
    }

    /** What a job read; the book-keeping of the nights, which is no table of the plan, is left out. */
    List<InputDataset> inputs(JobRecord job) {
        return job.reads().stream()
                .filter(read -> tables.containsKey(read.table()) && read.version() != Lake.ABSENT)
                .map(this::input)
                .toList();
    }

    List<OutputDataset> outputs(JobRecord job) {
        return job.writes().stream()
                .filter(write -> tables.containsKey(write.table()))
                .map(this::output)
                .toList();
    }

    private InputDataset input(TableRead read) {
        Table table = tables.get(read.table());
        return input(table, facets(table).version(version(read.version())));
    }

    private InputDataset input(Table table, DatasetFacetsBuilder facets) {
        return openLineage.newInputDataset(namespace(), name(table), facets.build(), null);
    }

    private OutputDataset output(TableWrite write) {
        Table table = tables.get(write.table());
        DatasetFacetsBuilder facets = facets(table).version(version(write.version()));
        return openLineage.newOutputDataset(
                namespace(),
                name(table),
                facets.build(),
                openLineage
                        .newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(
                                openLineage.newOutputStatisticsOutputDatasetFacet(write.rowsOut(), null, null))
                        .build());
    }

    private OpenLineage.DatasetVersionDatasetFacet version(long version) {
        return openLineage.newDatasetVersionDatasetFacet(Long.toString(version));
    }

    private DatasetFacetsBuilder facets(Table table) {
        DatasetFacetsBuilder facets = openLineage
                .newDatasetFacetsBuilder()
                .dataSource(openLineage.newDatasourceDatasetFacet(table.layer().schema(), lake))
                .documentation(
                        openLineage.newDocumentationDatasetFacet("One row is " + table.row() + ".", "text/plain"))
                .schema(openLineage.newSchemaDatasetFacet(
                        table.fields().stream().map(this::field).toList()));
        List<TagsDatasetFacetFields> personal = table.fields().stream()
                .filter(field -> field.spec().isPersonal())
                .map(field -> openLineage.newTagsDatasetFacetFields("personal", "true", "contract", field.column()))
                .toList();
        return personal.isEmpty() ? facets : facets.tags(openLineage.newTagsDatasetFacet(personal));
    }

    private OpenLineage.SchemaDatasetFacetFields field(Field field) {
        return openLineage
                .newSchemaDatasetFacetFieldsBuilder()
                .name(field.column())
                .type(field.spec().type().simpleString())
                .description(field.spec().doc())
                .build();
    }

    /** OpenLineage names a bucket by s3, whichever client reads it. */
    private String namespace() {
        String scheme = lake.getScheme().replaceFirst("^s3a$", "s3");
        return lake.getAuthority() == null ? scheme : scheme + "://" + lake.getAuthority();
    }

    private String name(Table table) {
        String path = "%s/%s/%s".formatted(lake.getPath(), table.layer().schema(), table.name());
        return lake.getAuthority() == null ? path : path.replaceFirst("^/", "");
    }
}
