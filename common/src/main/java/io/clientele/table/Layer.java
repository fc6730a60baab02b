package io.clientele.table;

import java.util.Locale;

/** A stage of refinement; each is a schema (a folder) of the lake. */
public enum Layer {
    COLLECTED("collect", "records as delivered, typed"),
    QUALIFIED("qualify", "records cleaned, attached to their customer"),
    MART("derive", "what analysts query"),
    LIVE("watch", "what somebody should know of before the night is over"),
    OPS("keep", "the book-keeping of the nights");

    private final String verb;
    private final String doc;

    Layer(String verb, String doc) {
        this.verb = verb;
        this.doc = doc;
    }

    /** What the jobs that write its tables do: by that word all of them can be chosen. */
    public String verb() {
        return verb;
    }

    public String doc() {
        return doc;
    }

    /** The name of the layer in SQL and in the lake's folders. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }
}
