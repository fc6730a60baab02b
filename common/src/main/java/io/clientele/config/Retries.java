package io.clientele.config;

import static io.clientele.config.Requirement.check;

/**
 * How often something is tried that fails for a reason that passes by itself; any other failure is final. Between two
 * attempts there is a pause, each about twice as long as the one before.
 *
 * @param attempts how often at most, with the first
 * @param pauseSeconds the first pause
 */
public record Retries(int attempts, int pauseSeconds) {

    public static final Retries USUAL = new Retries(4, 15);

    public Retries {
        check(attempts >= 1 && attempts <= 20, "key 'retries.attempts' must be between 1 and 20, got %d", attempts);
        check(
                pauseSeconds >= 1 && pauseSeconds <= 3600,
                "key 'retries.pauseSeconds' must be between 1 and 3600, got %d",
                pauseSeconds);
    }
}
