package io.clientele.config;

import java.time.ZoneId;
import java.util.Locale;

/** A condition that a configuration must meet; checked in the compact constructors of configuration records. */
public final class Requirement {

    private Requirement() {}

    /**
     * @param complaint what is wrong, in the terms of the file, as a format
     * @throws Violation if the condition does not hold
     */
    public static void check(boolean holds, String complaint, Object... values) {
        if (!holds) {
            throw new Violation(String.format(Locale.ROOT, complaint, values));
        }
    }

    /**
     * @param zone what the key {@code zone} says: where the business has its midnight
     * @throws Violation if there is no such time zone
     */
    public static void checkZone(String zone) {
        check(
                zone != null && ZoneId.getAvailableZoneIds().contains(zone),
                "key 'zone': there is no time zone '%s'",
                zone);
    }

    /**
     * @param name something that the configuration itself names, so that it can be a column or a word in a log
     * @throws Violation if it is not made of small letters, digits and underscores
     */
    public static void checkName(String key, String name) {
        check(
                name.matches("[a-z][a-z0-9_]*"),
                "key '%s.%s': a name is made of small letters, digits and underscores",
                key,
                name);
    }

    /** What a configuration says and may not say; {@link ConfigFile} adds where. */
    static final class Violation extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Violation(String complaint) {
            super(complaint);
        }
    }
}
