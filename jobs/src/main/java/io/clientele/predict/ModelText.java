package io.clientele.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fitted models as JSON: all that is needed to use them again, and what was found odd about them. */
final class ModelText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelText() {}

    static String of(PurchaseFit purchases, SpendFit spend, Histories histories, TimeUnit unit) {
        Map<String, Object> buying = new LinkedHashMap<>();
        buying.put("model", purchases.model().name());
        buying.put("timeUnit", unit == TimeUnit.DAYS ? "days" : "weeks");
        buying.put("customers", histories.totalCustomers());
        buying.put("repeatBuyers", histories.repeatBuyers());
        describe(purchases.estimates(), buying);
        buying.put("dropOutGain", purchases.dropOutGain());
        buying.put("findings", purchases.findings());
        Map<String, Object> spending = new LinkedHashMap<>();
        spending.put("model", spend.model().isPresent() ? "gamma_gamma" : "median");
        spending.put("median", spend.median());
        spending.put("correlation", Double.isFinite(spend.correlation()) ? spend.correlation() : null);
        spend.estimates().ifPresent(estimates -> describe(estimates, spending));
        spending.put("findings", spend.findings());
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("buying", buying);
        both.put("spending", spending);
        try {
            return JSON.writeValueAsString(both);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(Estimates estimates, Map<String, Object> text) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String name : estimates.names()) {
            Map<String, Object> parameter = new LinkedHashMap<>();
            parameter.put("value", estimates.of(name));
            parameter.put("standardError", estimates.standardErrorOf(name));
            parameters.put(name, parameter);
        }
        text.put("parameters", parameters);
        text.put("logLikelihood", estimates.logLikelihood());
        text.put("steps", estimates.steps());
        text.put("converged", estimates.isConverged());
    }
}
