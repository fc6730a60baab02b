package io.clientele.table;

import java.util.Locale;

/** A stage of refinement; each is a schema (a folder) of the lake. */
public enum Layer {
    COLLECTED("records as delivered, typed"),
    QUALIFIED("records cleaned, attached to their customer"),
    MART("what analysts query"),
    OPS("the book-keeping of the nights");

    private final String doc;

    Layer(String doc) {
        this.doc = doc;
    }

    public String doc() {
        return doc;
    }

    /** The name of the layer in SQL and in the lake's folders. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }
}
