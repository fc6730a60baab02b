package io.clientele.predict.propensity;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gradient-boosted trees. A feature contributes, at each split on it that the customer passes, what the mean of the branch
 * taken is above that of the node (A. Saabas, Interpreting random forests, 2014): contributions and the means at the roots
 * add up to the score exactly.
 */
record Trees(List<Tree> trees) implements Predictor {

    static final String ALGORITHM = "gradient_boosted_trees";

    private static final double STEP = 0.15;
    private static final int BINS = 64;
    private static final int LEAST_IN_LEAF = 20;

    /**
     * A tree, its nodes in the order root, left branch, right branch.
     *
     * @param features of each node the position of the feature on which it splits, -1 for a leaf
     * @param thresholds up to which a value goes left
     * @param rights of each node the position of its right branch; the left one follows the node
     * @param values the mean log-odds at each node, weighted
     */
    @SuppressWarnings("ArrayRecordComponent") // read for each customer, compared by nobody
    record Tree(int[] features, double[] thresholds, int[] rights, double[] values) implements Serializable {

        private int branch(int node, double[] of) {
            return of[features[node]] <= thresholds[node] ? node + 1 : rights[node];
        }

        private double score(double[] of) {
            int node = 0;
            while (features[node] >= 0) {
                node = branch(node, of);
            }
            return values[node];
        }

        private void contribute(double[] of, double[] contributions) {
            int node = 0;
            while (features[node] >= 0) {
                int branch = branch(node, of);
                contributions[features[node]] += values[branch] - values[node];
                node = branch;
            }
        }
    }

    static Trees fit(Dataset<Row> examples, Training training) {
        GBTClassificationModel model = new GBTClassifier()
                .setLabelCol(Learner.LABEL)
                .setFeaturesCol(Learner.FEATURES)
                .setMaxIter(training.trees())
                .setMaxDepth(training.depth())
                .setStepSize(STEP)
                .setMaxBins(BINS)
                .setMinInstancesPerNode(LEAST_IN_LEAF)
                .setSeed(training.seed())
                .fit(examples);
        return of(model);
    }

    static Trees of(GBTClassificationModel model) {
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < model.getNumTrees(); i++) {
            Nodes nodes = new Nodes();
            // Spark's margin is half of the log-odds.
            nodes.add(model.trees()[i].rootNode(), 2 * model.treeWeights()[i]);
            trees.add(nodes.tree());
        }
        return new Trees(List.copyOf(trees));
    }

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public double score(double[] features) {
        double score = 0;
        for (Tree tree : trees) {
            score += tree.score(features);
        }
        return score;
    }

    @Override
    public double[] contributions(double[] features) {
        double[] contributions = new double[features.length];
        trees.forEach(tree -> tree.contribute(features, contributions));
        return contributions;
    }

    /** Nodes of a tree, being laid out in rows. */
    private static final class Nodes {
        private final List<Integer> features = new ArrayList<>();
        private final List<Double> thresholds = new ArrayList<>();
        private final List<Integer> rights = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        void add(Node node, double weight) {
            int position = features.size();
            boolean isSplit = node instanceof InternalNode;
            features.add(isSplit ? ((InternalNode) node).split().featureIndex() : -1);
            thresholds.add(isSplit ? ((ContinuousSplit) ((InternalNode) node).split()).threshold() : 0.0);
            rights.add(-1);
            values.add(Predictor.rounded(weight * node.prediction()));
            if (isSplit) {
                add(((InternalNode) node).leftChild(), weight);
                rights.set(position, features.size());
                add(((InternalNode) node).rightChild(), weight);
            }
        }

        Tree tree() {
            return new Tree(
                    features.stream().mapToInt(Integer::intValue).toArray(),
                    thresholds.stream().mapToDouble(Double::doubleValue).toArray(),
                    rights.stream().mapToInt(Integer::intValue).toArray(),
                    values.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}
