package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparison.Pattern;
import java.io.Serializable;

/** Says how probable it is that two records are of one person or company. */
final class Scorer implements Serializable {

    private final Comparison comparison;
    private final Model model;

    Scorer(Rules rules, Learned learned) {
        this.comparison = new Comparison(rules.kinds());
        this.model = learned.model(comparison);
    }

    /** The levels on which two records agree. */
    Pattern pattern(Prepared one, Prepared other) {
        return comparison.compare(one, other);
    }

    double probability(Prepared one, Pattern pattern) {
        double weight = model.weight(pattern);
        for (int column = 0; column < comparison.columns(); column++) {
            weight += model.rarity(column, pattern, one.count(column));
        }
        return model.probability(pattern, weight);
    }

    /** The probability that another record with all the same values would have. */
    double ofItself(Prepared record) {
        return probability(record, pattern(record, record));
    }

    Model model() {
        return model;
    }
}
