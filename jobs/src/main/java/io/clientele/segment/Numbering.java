package io.clientele.segment;

import io.clientele.segment.ClusterModel.Cluster;
import io.clientele.segment.kmeans.Assignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which numbers clusters get: those of the clusters before, paired so that centres move least in all; others a free one. */
final class Numbering {

    private Numbering() {}

    /**
     * The clusters by their numbers, those that were there before with their names.
     *
     * @param found the centres as they come
     * @param limits of each centre
     * @param numberBy the number that is largest in cluster 1, when all are new
     * @param before the model before, if there is one
     */
    static List<Cluster> number(
            List<FittedFeature> features,
            List<List<Double>> found,
            double[] limits,
            String numberBy,
            Optional<ClusterModel> before) {
        List<String> axes = features.stream()
                .flatMap(feature -> feature.axisNames().stream())
                .toList();
        int[] pairs = before.map(model -> pairs(features, axes, found, model))
                .orElseGet(() -> found.stream().mapToInt(centre -> -1).toArray());
        Set<Integer> taken = new HashSet<>();
        for (int pair : pairs) {
            if (pair >= 0) {
                taken.add(before.orElseThrow().clusters().get(pair).number());
            }
        }
        List<Cluster> clusters = new ArrayList<>();
        for (int i : inOrder(found, axes.indexOf(numberBy))) {
            if (pairs[i] >= 0) {
                Cluster old = before.orElseThrow().clusters().get(pairs[i]);
                clusters.add(new Cluster(old.number(), old.name(), found.get(i), limits[i], 0));
            } else {
                int free = IntStream.iterate(1, number -> number + 1)
                        .filter(taken::add)
                        .findFirst()
                        .orElseThrow();
                clusters.add(new Cluster(free, null, found.get(i), limits[i], 0));
            }
        }
        clusters.sort(Comparator.comparingInt(Cluster::number));
        return clusters;
    }

    /** By one axis from the top down, then by all axes. */
    private static List<Integer> inOrder(List<List<Double>> centres, int axis) {
        Comparator<Integer> order = Comparator.comparing(i -> -centres.get(i).get(axis));
        for (int next = 0; next < centres.get(0).size(); next++) {
            int at = next;
            order = order.thenComparing(i -> centres.get(i).get(at));
        }
        return IntStream.range(0, centres.size()).boxed().sorted(order).toList();
    }

    /** For each centre the cluster of the model before whose successor it is, or -1. */
    private static int[] pairs(
            List<FittedFeature> features, List<String> axes, List<List<Double>> found, ClusterModel before) {
        List<String> shared = new ArrayList<>(axes);
        shared.retainAll(before.axisNames());
        if (shared.isEmpty()) {
            return found.stream().mapToInt(centre -> -1).toArray();
        }
        double[][] costs = new double[found.size()][before.k()];
        for (int one = 0; one < found.size(); one++) {
            for (int other = 0; other < before.k(); other++) {
                for (String axis : shared) {
                    double old = before.clusters()
                            .get(other)
                            .centre()
                            .get(before.axisNames().indexOf(axis));
                    double difference = found.get(one).get(axes.indexOf(axis))
                            - of(axis, before.features()).translated(old, of(axis, features));
                    costs[one][other] += difference * difference;
                }
                // Not squared: one that has moved far shall not make the others change places.
                costs[one][other] = Math.sqrt(costs[one][other]);
            }
        }
        return Assignment.of(costs);
    }

    private static FittedFeature of(String axis, List<FittedFeature> features) {
        return features.stream()
                .filter(feature -> feature.axisNames().contains(axis))
                .findFirst()
                .orElseThrow();
    }
}
