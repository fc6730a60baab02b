package io.clientele.sql;

/** Why an SQL expression of a configuration cannot be used, in words for who wrote it. */
public final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unusable(String complaint) {
        super(complaint);
    }
}
