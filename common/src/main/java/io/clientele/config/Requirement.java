package io.clientele.config;

/** A condition that a configuration must meet; checked in the compact constructors of configuration records. */
public final class Requirement {

    private Requirement() {}

    /**
     * @param complaint what is wrong, in the terms of the file, as a format
     * @throws Violation if the condition does not hold
     */
    public static void check(boolean holds, String complaint, Object... values) {
        if (!holds) {
            throw new Violation(String.format(complaint, values));
        }
    }

    /** What a configuration says and may not say; {@link ConfigFile} adds where. */
    static final class Violation extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Violation(String complaint) {
            super(complaint);
        }
    }
}
