package io.clientele.lake;

/**
 * What was found when a store was looked at.
 *
 * @param words what it means, and what to do about it
 */
public record Finding(Verdict verdict, String what, String words) {

    /** Only what failed keeps nights from running. */
    public enum Verdict {
        OK("ok"),
        NOT_OFFERED("not offered"),
        FAILED("failed");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
