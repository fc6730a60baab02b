package io.clientele.cli;

import io.clientele.qualify.matching.Explanation;
import io.clientele.qualify.matching.Learned;
import io.clientele.qualify.matching.LevelWeight;
import java.util.List;
import java.util.Locale;

/** What a match has learned and found, as one page without scripts that any browser shows. It holds no value of a record. */
final class MatchPage {

    /** How many pairs have a probability of at least this, and what is expected of joining them. */
    record Point(double threshold, long pairs, double precision, double recall) {}

    /** How many groups have this size. */
    record Size(String size, long groups) {}

    /** Two records and why they are the same or not. */
    record Example(String one, String two, Explanation explanation) {}

    private static final int WIDEST = 220;

    private final StringBuilder html = new StringBuilder();

    private MatchPage() {}

    static String of(
            String title,
            String summary,
            Learned learned,
            List<LevelWeight> weights,
            List<Point> curve,
            List<Size> sizes,
            List<Example> examples) {
        MatchPage page = new MatchPage();
        page.html.append("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; }
                h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem; margin-bottom: .3rem }
                table { border-collapse: collapse; width: 100%% } th, td { text-align: left; padding: .15rem .8rem .15rem 0; }
                th { border-bottom: 1px solid #9aa7b5; font-weight: 600 } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
                .bar { display: inline-block; height: .8rem; vertical-align: middle } .for { background: #2a7ab0 } .against { background: #c2553f }
                .axis { display: inline-block; width: 50%%; text-align: right } p.note { color: #566372 }
                </style></head><body>
                <h1>%1$s</h1>
                <p>%2$s</p>
                """.formatted(escaped(title), escaped(summary)));
        page.weights(weights);
        page.keys(learned);
        page.curve(curve);
        page.sizes(sizes);
        examples.forEach(page::example);
        return page.html.append("</body></html>\n").toString();
    }

    private void weights(List<LevelWeight> weights) {
        head(
                "Weights",
                "What each level of agreement adds to the odds that two records are the same, in bits: one bit doubles"
                        + " them. m is how often the level occurs in two records of one, u in two of strangers.",
                "column",
                "agreement",
                "m",
                "u",
                "bits",
                "");
        double most = weights.stream()
                .mapToDouble(weight -> Math.abs(weight.bits()))
                .max()
                .orElse(1);
        String last = "";
        for (LevelWeight weight : weights) {
            row(
                    weight.column().equals(last) ? "" : weight.column(),
                    weight.level(),
                    number("%.4f", weight.m()),
                    number("%.6f", weight.u()),
                    number("%+.1f", weight.bits()),
                    bar(weight.bits(), most));
            last = weight.column();
        }
        html.append("</table>\n");
    }

    private void keys(Learned learned) {
        head(
                "Blocking keys",
                String.format(
                        Locale.ROOT,
                        "Two records are compared if they agree on one of these; ~ and ~~ are coarser forms of a column."
                                + " Estimated from a sample: the keys find %.2f %% of the matches that any key finds;"
                                + " %.2f %% of the matches are lost in the %,d blocks that are too large.",
                        100 * learned.blockingRecall(),
                        100 * learned.lostToLargeBlocks(),
                        learned.largeBlocks().size()),
                "key",
                "new pairs per record",
                "new matches",
                "");
        double most = learned.keys().stream()
                .mapToDouble(Learned.Key::newRecall)
                .max()
                .orElse(1);
        for (Learned.Key key : learned.keys()) {
            row(
                    escaped(String.join(" + ", key.parts())),
                    number("%.2f", key.newPairsPerRecord()),
                    number("%.2f %%", 100 * key.newRecall()),
                    bar(key.newRecall(), Math.max(1e-9, most)));
        }
        html.append("</table>\n");
    }

    private void curve(List<Point> curve) {
        head(
                "Threshold",
                "How many pairs are at least so probable, and what is to be expected, if the model is right, of taking them"
                        + " all for the same.",
                "probability",
                "pairs",
                "expected precision",
                "expected recall",
                "");
        for (Point point : curve) {
            row(
                    number("%.2f", point.threshold()),
                    number("%,d", point.pairs()),
                    number("%.2f %%", 100 * point.precision()),
                    number("%.2f %%", 100 * point.recall()),
                    bar(point.recall(), 1));
        }
        html.append("</table>\n");
    }

    private void sizes(List<Size> sizes) {
        head("Clusters", "How many clusters have so many records.", "records", "clusters", "");
        double most = sizes.stream().mapToDouble(Size::groups).max().orElse(1);
        sizes.forEach(size -> row(size.size(), number("%,d", size.groups()), bar((double) size.groups(), most)));
        html.append("</table>\n");
    }

    private void example(Example example) {
        head(
                String.format(
                        Locale.ROOT, "Example at %.4f", example.explanation().probability()),
                "Records " + example.one() + " and " + example.two() + ".",
                "evidence",
                "agreement",
                "bits",
                "total",
                "");
        double most = example.explanation().steps().stream()
                .mapToDouble(step -> Math.abs(step.bits()))
                .max()
                .orElse(1);
        for (Explanation.Step step : example.explanation().steps()) {
            row(
                    escaped(step.what()),
                    escaped(step.how()),
                    number("%+.1f", step.bits()),
                    number("%+.1f", step.total()),
                    bar(step.bits(), most));
        }
        html.append("</table>\n");
    }

    private void head(String title, String note, String... columns) {
        html.append("<h2>").append(escaped(title)).append("</h2>\n<p class=\"note\">");
        html.append(escaped(note)).append("</p>\n<table><tr>");
        for (String column : columns) {
            html.append("<th>").append(escaped(column)).append("</th>");
        }
        html.append("</tr>\n");
    }

    private void row(String... cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append("<td>").append(cell).append("</td>");
        }
        html.append("</tr>\n");
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String bar(double value, double most) {
        return String.format(
                Locale.ROOT,
                "<span class=\"bar %s\" style=\"width:%.0fpx\"></span>",
                value < 0 ? "against" : "for",
                WIDEST * Math.abs(value) / most);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
