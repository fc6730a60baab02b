package io.clientele.generate;

import io.clientele.generate.Catalogue.Product;
import io.clientele.generate.Draws.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Delivers the catalogue in Parquet: all of it in the stock, then each night some products whose price has changed. */
final class CatalogueFiles {

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("message product {"
            + " required binary ref (STRING);"
            + " required binary label (STRING);"
            + " required binary family (STRING);"
            + " optional binary brand (STRING);"
            + " required int32 list_price (DECIMAL(9,2)); }");
    private static final int CHANGES_A_NIGHT = 4;

    private final long seed;
    private final Days days;

    CatalogueFiles(long seed, Days days) {
        this.seed = seed;
        this.days = days;
    }

    /** @return how many records were written */
    long deliver(Catalogue catalogue, Path folder) {
        long records = 0;
        for (int day = days.stock(); day <= days.last(); day++) {
            List<Product> products = day == days.stock() ? catalogue.products() : changed(catalogue, day);
            write(products, folder.resolve("products-" + days.iso(day) + ".parquet"));
            records += products.size();
        }
        return records;
    }

    private List<Product> changed(Catalogue catalogue, int day) {
        Draws draws = new Draws(seed, Purpose.CATALOGUE, day + 1L);
        List<Product> changed = new ArrayList<>();
        for (int i = 0; i < CHANGES_A_NIGHT; i++) {
            // One of each quarter: no product twice in a night.
            int quarter = catalogue.products().size() / CHANGES_A_NIGHT;
            Product product = catalogue.products().get(i * quarter + draws.below(quarter));
            int cents = product.cents() + 100 * draws.between(1, 3);
            changed.add(new Product(product.ref(), product.label(), product.group(), product.brand(), cents));
        }
        return changed;
    }

    private static void write(List<Product> products, Path file) {
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .build()) {
            for (Product product : products) {
                writer.write(groups.newGroup()
                        .append("ref", product.ref())
                        .append("label", product.label())
                        .append("family", product.group())
                        .append("brand", product.brand())
                        .append("list_price", product.cents()));
            }
        } catch (IOException e) {
            throw Delivery.unwritable(file, e);
        }
    }
}
