package io.clientele.generate;

import io.clientele.generate.Catalogue.Product;
import java.util.ArrayList;
import java.util.List;

/** What is bought in one order: products whose prices are bent, as by a discount, so that they add up to its amount. */
final class Basket {

    /** @param unitCents price of one unit, in cents */
    record Line(Product product, int quantity, long unitCents) {}

    private static final double FURTHER_LINES = 1.25;
    private static final int CANDIDATES = 6;
    private static final int MOST_UNITS = 6;

    private final Catalogue catalogue;
    private final int favourite;

    /** @param favourite the group that half of the products come from */
    Basket(Catalogue catalogue, int favourite) {
        this.catalogue = catalogue;
        this.favourite = favourite;
    }

    /** @param cents the amount of the order; to the cent, unless it is less than a cent a unit */
    List<Line> lines(Draws draws, long cents) {
        int count = (int) Math.min(1L + draws.poisson(FURTHER_LINES), Math.max(1, cents / 300));
        List<Product> products = new ArrayList<>(count);
        List<Integer> quantities = new ArrayList<>(count);
        double listed = 0;
        for (int i = 0; i < count; i++) {
            Product product = near(draws, (double) cents / count);
            long units = Math.round((double) cents / count / product.cents());
            // The last line has one unit: it takes what the others leave.
            int quantity = i == count - 1 ? 1 : (int) Math.max(1, Math.min(MOST_UNITS, units));
            products.add(product);
            quantities.add(quantity);
            listed += (double) quantity * product.cents();
        }
        List<Line> lines = new ArrayList<>(count);
        long left = cents;
        for (int i = 0; i < count - 1; i++) {
            long unit = Math.max(1, (long) (products.get(i).cents() * (cents / listed)));
            lines.add(new Line(products.get(i), quantities.get(i), unit));
            left -= unit * quantities.get(i);
        }
        lines.add(new Line(products.get(count - 1), 1, Math.max(1, left)));
        return lines;
    }

    private Product near(Draws draws, double cents) {
        Product best = null;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < CANDIDATES; i++) {
            int group = draws.chance(0.5) ? favourite : draws.below(catalogue.groups());
            Product product = catalogue.pick(draws, group);
            double distance = Math.max(product.cents() / cents, cents / product.cents());
            if (distance < least) {
                least = distance;
                best = product;
            }
        }
        return best;
    }
}
