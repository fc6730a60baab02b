package io.clientele.qualify;

import static io.clientele.config.Requirement.check;

/**
 * Whom to call, and what to say.
 *
 * @param size the most customers on the list
 * @param leastDoubt 0 to 1: nobody is called for less
 * @param contact what the caller says first; {@code {name}} is the customer
 * @param stranger the same for a customer whose name nobody knows
 */
public record Calls(
        int size,
        Weights weights,
        double leastDoubt,
        String contact,
        String stranger,
        String closing,
        Script post,
        Script email,
        Script phone) {
    static final String NAME = "{name}";

    public Calls {
        check(size > 0 && size <= 10_000, "key 'callList.size' must be between 1 and 10000, got %d", size);
        check(weights != null, "key 'callList.weights' is missing: post, email and phone");
        check(
                leastDoubt >= 0 && leastDoubt <= 1,
                "key 'callList.leastDoubt' must be between 0 and 1, got %s",
                leastDoubt);
        check(
                contact != null && contact.contains(NAME),
                "key 'callList.contact' must say where the name goes: " + NAME);
        check(isSaid(stranger), "key 'callList.stranger' says nothing");
        check(isSaid(closing), "key 'callList.closing' says nothing");
        checkScript("post", post, Doubt.values());
        checkScript("email", email, Doubt.values());
        checkScript("phone", phone, Doubt.DOUBTFUL, Doubt.UNVERIFIED);
    }

    Script of(Channel channel) {
        return switch (channel) {
            case POST -> post;
            case EMAIL -> email;
            case PHONE, SMS -> phone;
        };
    }

    private static void checkScript(String subject, Script script, Doubt... doubts) {
        check(script != null, "key 'callList.%s' is missing: what to say about it", subject);
        check(isSaid(script.objective()), "key 'callList.%s.objective' says nothing", subject);
        for (Doubt doubt : doubts) {
            check(isSaid(script.of(doubt)), "key 'callList.%s.%s' says nothing", subject, doubt.code());
        }
    }

    private static boolean isSaid(String text) {
        return text != null && !text.isBlank();
    }

    /** How much each channel counts in the doubt about a customer. */
    public record Weights(double post, double email, double phone) {
        public Weights {
            check(
                    post >= 0 && email >= 0 && phone >= 0 && post + email + phone > 0,
                    "key 'callList.weights': none may be negative, and one must be positive");
        }

        double of(Channel channel) {
            return switch (channel) {
                case POST -> post;
                case EMAIL -> email;
                case PHONE -> phone;
                case SMS -> 0;
            };
        }
    }

    /**
     * What is said about a channel: by doubt, and what the call is to bring.
     *
     * @param missing null where it cannot be: who is called has a phone
     * @param obsolete null where it cannot be
     */
    public record Script(String missing, String obsolete, String doubtful, String unverified, String objective) {
        String of(Doubt doubt) {
            return switch (doubt) {
                case MISSING -> missing;
                case OBSOLETE -> obsolete;
                case DOUBTFUL -> doubtful;
                case UNVERIFIED -> unverified;
            };
        }
    }
}
