package io.clientele.run;

import io.clientele.quality.Rule;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** What must be the same for one run of a job to go on from another: what it was told, what is asked of its tables, and the program. */
final class Basis {

    private Basis() {}

    /**
     * @param settings a digest of the configuration of the job
     * @param rules the quality rules about what it writes, by their ids
     */
    static String of(String settings, Map<String, Rule> rules, String version) {
        return DigestUtils.sha256Hex(
                String.join("\n", version, Program.DIGEST, settings, new TreeMap<>(rules).toString()));
    }
}
