package io.clientele.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.segment.kmeans.Clustering;
import io.clientele.segment.kmeans.Indices;
import io.clientele.segment.kmeans.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.clustering.KMeansModel;

/**
 * Clusters as one night has learned them, for it and for the nights that follow.
 *
 * @param configuration a digest of the settings that it was learned with
 * @param features in the order of the axes
 * @param clusters by their numbers
 * @param customers how many there were
 * @param cost the sum of their squared distances to the centres
 * @param choices what spoke for how many clusters
 */
public record ClusterModel(
        String configuration,
        List<FittedFeature> features,
        List<Cluster> clusters,
        long customers,
        double cost,
        List<Choice> choices) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A cluster.
     *
     * @param number that it keeps from model to model
     * @param name likewise; null until it has one
     * @param centre on each axis
     * @param limit the distance beyond which a customer is an outlier
     * @param share of the customers when it was learned, 0 to 1
     */
    record Cluster(int number, String name, List<Double> centre, double limit, double share) {

        Cluster named(String given) {
            return new Cluster(number, given, centre, limit, share);
        }
    }

    /** How well so many clusters do; on the coreset, where there are more customers than that. */
    record Choice(int k, Indices indices, boolean chosen) {}

    static ClusterModel of(String json) {
        try {
            return JSON.readValue(json, ClusterModel.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the model of the clusters in ops.models cannot be read", e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    int k() {
        return clusters.size();
    }

    /** All centres, one after the other. */
    double[] centres() {
        return clusters.stream()
                .flatMap(cluster -> cluster.centre().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    double[] limits() {
        return clusters.stream().mapToDouble(Cluster::limit).toArray();
    }

    List<String> axisNames() {
        return axisNames(features);
    }

    private static List<String> axisNames(List<FittedFeature> features) {
        return features.stream()
                .flatMap(feature -> feature.axisNames().stream())
                .toList();
    }

    /** All centres, one after the other, on the axes of features fitted anew; none if these are others. */
    Optional<double[]> centresOn(List<FittedFeature> fitted) {
        if (!axisNames(fitted).equals(axisNames())) {
            return Optional.empty();
        }
        double[] centres = centres();
        int at = 0;
        for (int cluster = 0; cluster < k(); cluster++) {
            for (int i = 0; i < features.size(); i++) {
                for (int axis = 0; axis < features.get(i).axes(); axis++, at++) {
                    centres[at] = features.get(i).translated(centres[at], fitted.get(i));
                }
            }
        }
        return Optional.of(centres);
    }

    /** Mean squared distance of the customers to their centre when it was learned. */
    double meanSquare() {
        return cost / customers;
    }

    Indices indices() {
        return choices.stream()
                .filter(Choice::chosen)
                .map(Choice::indices)
                .findFirst()
                .orElseThrow();
    }

    /** The same clusters as a model of Spark ML; it numbers them from 0, in the order of their numbers here. */
    public KMeansModel sparkModel() {
        return Clustering.sparkModel(axisNames().size(), centres());
    }

    /** With what a pass over the customers that it was learned from says of it: cost and shares. */
    ClusterModel measured(Pass pass) {
        List<Cluster> shared = new ArrayList<>();
        for (int i = 0; i < clusters.size(); i++) {
            Cluster cluster = clusters.get(i);
            shared.add(new Cluster(
                    cluster.number(),
                    cluster.name(),
                    cluster.centre(),
                    cluster.limit(),
                    (double) pass.count(i) / pass.count()));
        }
        return new ClusterModel(configuration, features, shared, pass.count(), pass.cost(), choices);
    }

    ClusterModel named(List<String> names) {
        List<Cluster> named = new ArrayList<>();
        for (int i = 0; i < clusters.size(); i++) {
            named.add(clusters.get(i).named(names.get(i)));
        }
        return new ClusterModel(configuration, features, named, customers, cost, choices);
    }
}
