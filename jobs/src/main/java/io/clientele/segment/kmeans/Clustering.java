package io.clientele.segment.kmeans;

import java.util.Arrays;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/** The centres of a K-means fit, and its cost: the sum of the squared distances of all points to the nearest centre. */
public final class Clustering {

    private final int axes;
    private final double[] centres;
    private final double cost;

    Clustering(int axes, double[] centres, double cost) {
        this.axes = axes;
        this.centres = centres;
        this.cost = cost;
    }

    /** How many clusters: fewer than asked for if there are fewer different points. */
    public int k() {
        return centres.length / axes;
    }

    public int axes() {
        return axes;
    }

    public double cost() {
        return cost;
    }

    public double[] centre(int cluster) {
        return Arrays.copyOfRange(centres, cluster * axes, (cluster + 1) * axes);
    }

    /** All centres, one after the other in one array. */
    public double[] centres() {
        return centres.clone();
    }

    /** The same as a model of Spark ML, which predicts, is evaluated and is saved as one that Spark has fitted. */
    public KMeansModel sparkModel() {
        return sparkModel(axes, centres);
    }

    /**
     * A model of Spark ML with these centres, one after the other in one array. Its constructor is {@code private[ml]} for
     * Scala and public for the JVM; the way around it, to write a model to files and to load them, needs a file system.
     */
    public static KMeansModel sparkModel(int axes, double[] centres) {
        int k = centres.length / axes;
        Vector[] vectors = new Vector[k];
        for (int i = 0; i < k; i++) {
            vectors[i] = Vectors.dense(Arrays.copyOfRange(centres, i * axes, (i + 1) * axes));
        }
        KMeansModel model =
                new KMeansModel("clientele-kmeans", new org.apache.spark.mllib.clustering.KMeansModel(vectors));
        model.set(model.k(), k);
        return model;
    }
}
