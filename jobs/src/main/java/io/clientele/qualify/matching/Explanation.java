package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparison.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Why two records are taken for one person or company, or not: what each piece of evidence adds, in bits, to the odds that
 * they are. One bit doubles the odds. No value of a record is in it.
 *
 * @param steps from the odds of two records taken at random to the odds of these two
 * @param probability that they are of one person or company, 0 to 1
 */
public record Explanation(List<Step> steps, double probability) {

    /**
     * A piece of evidence.
     *
     * @param what it is about: a column, or what is said of all pairs
     * @param how the records agree in it
     * @param bits that it adds; fewer than 0 if it speaks against
     * @param total the bits reached with it
     */
    public record Step(String what, String how, double bits, double total) {}

    /** @param one a record with the columns of the rules, as is {@code two} */
    public static Explanation of(Rules rules, Learned learned, Row one, Row two) {
        Scorer scorer = new Scorer(rules, learned);
        Prepared record = prepared(rules, learned, one);
        Pattern pattern = scorer.pattern(record, prepared(rules, learned, two));
        Model model = scorer.model();
        List<Step> steps = new ArrayList<>();
        add("any two records", "", model.priorOdds(), steps);
        for (int column = 0; column < rules.columns().size(); column++) {
            int level = pattern.level(column);
            if (level > 0) {
                String name = rules.names().get(column);
                String how = rules.kinds().get(column).levels().get(level - 1);
                boolean isCompleted = value(one, name) == null || value(two, name) == null;
                add(name, isCompleted ? how + ", by the e-mail address" : how, model.weight(column, pattern), steps);
                double rarity = model.rarity(column, pattern, record.count(column));
                if (rarity != 0) {
                    add(name, rarity < 0 ? "the value is frequent" : "the value is rare", rarity, steps);
                }
            }
        }
        double probability = scorer.probability(record, pattern);
        double odds = Math.log(probability / Math.max(1e-300, 1 - probability));
        double reached = steps.get(steps.size() - 1).total() * Math.log(2);
        if (Math.abs(odds - reached) > 0.01 && probability < 1 - 1e-12) {
            add("relatives", "they may share a household or a firm", odds - reached, steps);
        }
        return new Explanation(steps, probability);
    }

    private static void add(String what, String how, double odds, List<Step> steps) {
        double bits = odds / Math.log(2);
        double before = steps.isEmpty() ? 0 : steps.get(steps.size() - 1).total();
        steps.add(new Step(what, how, bits, before + bits));
    }

    private static Prepared prepared(Rules rules, Learned learned, Row row) {
        String[] values = Prepared.values(
                rules.kinds(), column -> value(row, rules.names().get(column)));
        String id = row.getAs(rules.id()).toString();
        return new Prepared(id, values, Prepared.sketches(values, rules.kinds()), learned.counts(values));
    }

    private static String value(Row row, String column) {
        Object value = row.getAs(column);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
