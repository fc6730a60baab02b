package io.clientele.segment;

import io.clientele.segment.ClusterModel.Cluster;
import io.clientele.segment.kmeans.Pass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What sets each cluster apart, in figures and in words. */
final class Portraits {

    /** A mean that is nearer to that of all, in standard deviations, sets nobody apart. */
    private static final double LEAST_DEVIATION = 0.25;

    private static final int MOST_TRAITS = 3;
    private static final String AVERAGE = "like the average customer";

    /**
     * A feature of a cluster.
     *
     * @param name the column, or {@code column=category}
     * @param mean of its customers of whom it is known; of a category the share that has it; null if known of nobody
     * @param meanOfAll the same of all customers
     * @param deviation how far on the axis the cluster is from all customers, in standard deviations
     * @param words what is said of it
     */
    record Figure(String name, Double mean, Double meanOfAll, double deviation, String words) {

        /** Such as {@code buys more often (2.3 × the mean)}. */
        private String told() {
            if (name.contains("=")) {
                return String.format(Locale.ROOT, "%s (%.0f %%, all: %.0f %%)", words, 100 * mean, 100 * meanOfAll);
            }
            if (mean == null || mean <= 0 || meanOfAll <= 0 || (mean > meanOfAll) != (deviation > 0)) {
                return words;
            }
            double ratio = mean / meanOfAll;
            return String.format(
                    Locale.ROOT, ratio < 0.1 ? "%s (%.2g × the mean)" : "%s (%.1f × the mean)", words, ratio);
        }
    }

    /** A cluster tonight. */
    record Portrait(Cluster cluster, long customers, double share, long outliers, List<Figure> figures) {

        private List<Figure> traits() {
            return figures.stream()
                    .filter(figure -> Math.abs(figure.deviation()) >= LEAST_DEVIATION && figure.mean() != null)
                    .sorted(Comparator.comparingDouble((Figure figure) -> -Math.abs(figure.deviation()))
                            .thenComparing(Figure::name))
                    .limit(MOST_TRAITS)
                    .toList();
        }

        /** What sets it apart, the most striking first. */
        String description() {
            if (customers == 0) {
                return "nobody tonight";
            }
            List<String> told = traits().stream().map(Figure::told).toList();
            return told.isEmpty() ? AVERAGE : String.join(", ", told);
        }
    }

    private Portraits() {}

    /** @param pass over tonight's customers, with their values */
    static List<Portrait> of(ClusterModel model, Pass pass, Map<String, Feature> features) {
        List<Portrait> portraits = new ArrayList<>();
        for (int i = 0; i < model.k(); i++) {
            portraits.add(new Portrait(
                    model.clusters().get(i),
                    pass.count(i),
                    pass.count() == 0 ? 0 : (double) pass.count(i) / pass.count(),
                    pass.beyond(i),
                    pass.count(i) == 0 ? List.of() : figures(model, pass, i, features)));
        }
        return portraits;
    }

    private static List<Figure> figures(ClusterModel model, Pass pass, int cluster, Map<String, Feature> features) {
        List<Figure> figures = new ArrayList<>();
        int axis = 0;
        int value = model.axisNames().size();
        for (FittedFeature fitted : model.features()) {
            Feature feature = features.get(fitted.column());
            if (fitted.categories() == null) {
                Optional<Integer> known = fitted.unknown() ? Optional.of(value + 1) : Optional.empty();
                double difference = mean(pass, cluster, axis) - pass.sum(axis) / pass.count();
                double unit = fitted.standardised() ? 1 : fitted.deviation();
                double deviation = unit == 0 ? 0 : difference / unit;
                figures.add(new Figure(
                        fitted.column(),
                        ratio(
                                pass.sum(cluster, value),
                                known.map(column -> pass.sum(cluster, column)).orElse((double) pass.count(cluster))),
                        ratio(pass.sum(value), known.map(pass::sum).orElse((double) pass.count())),
                        deviation,
                        feature.words(fitted.column(), deviation)));
                value += known.isPresent() ? 2 : 1;
            } else {
                List<String> categories = fitted.axisNames();
                for (int i = 0; i < categories.size(); i++) {
                    double share = mean(pass, cluster, axis + i);
                    double ofAll = pass.sum(axis + i) / pass.count();
                    double spread = Math.sqrt(ofAll * (1 - ofAll));
                    figures.add(new Figure(
                            categories.get(i),
                            share,
                            ofAll,
                            spread == 0 ? 0 : (share - ofAll) / spread,
                            words(feature, categories.get(i), share > ofAll)));
                }
            }
            axis += fitted.axes();
        }
        return figures;
    }

    private static String words(Feature feature, String name, boolean isMore) {
        String told = isMore ? feature.more() : feature.less();
        String category = name.replace('_', ' ').replace("=", " ");
        return (told == null ? (isMore ? "more often" : "less often") : told) + " " + category;
    }

    private static double mean(Pass pass, int cluster, int column) {
        return pass.sum(cluster, column) / pass.count(cluster);
    }

    private static Double ratio(double sum, double count) {
        return count == 0 ? null : sum / count;
    }

    /**
     * The clusters' names: those of the configuration, those that they have, or else their most striking traits, as many as make the
     * name theirs alone.
     */
    static List<String> names(List<Portrait> portraits, Map<Integer, String> configured) {
        Set<String> taken = new HashSet<>(configured.values());
        portraits.forEach(portrait -> taken.add(portrait.cluster().name()));
        List<String> names = new ArrayList<>();
        for (Portrait portrait : portraits) {
            Cluster cluster = portrait.cluster();
            boolean isOthers = cluster.name() != null && configured.containsValue(cluster.name());
            String name = configured.getOrDefault(cluster.number(), isOthers ? null : cluster.name());
            names.add(name != null ? name : name(portrait, taken));
        }
        return names;
    }

    private static String name(Portrait portrait, Set<String> taken) {
        List<String> traits = portrait.traits().stream().map(Figure::words).toList();
        for (int most = 1; most <= traits.size(); most++) {
            String name = capitalised(String.join(", ", traits.subList(0, most)));
            if (taken.add(name)) {
                return name;
            }
        }
        if (traits.isEmpty() && taken.add(capitalised(AVERAGE))) {
            return capitalised(AVERAGE);
        }
        String name = "Cluster " + portrait.cluster().number();
        taken.add(name);
        return name;
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
