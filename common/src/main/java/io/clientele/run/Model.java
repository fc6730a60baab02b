package io.clientele.run;

import java.time.LocalDate;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a job has learned, as {@code ops.models} keeps it. It names nobody; but a cluster of one customer has
 * that one's figures for its centre.
 *
 * @param name what is modelled, in snake_case, unique among all jobs
 * @param learnedOn the business date of the night that learned it
 * @param isChampion whether it is in force from that night on; if not, it is kept as one that was tried
 * @param seed of its random choices; null if it makes none
 * @param metrics how good it is, by name
 * @param json all that is needed to use it again
 */
public record Model(
        String name, LocalDate learnedOn, boolean isChampion, Long seed, Map<String, Double> metrics, String json) {

    private static final int DIGITS = 12;

    /** The name, the night and a digest: the same model learned again in the same night has the same. */
    public String id() {
        return "%s-%s-%s".formatted(name, learnedOn, DigestUtils.md5Hex(json).substring(0, DIGITS));
    }
}
