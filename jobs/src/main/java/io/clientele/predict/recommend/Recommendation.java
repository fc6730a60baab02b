package io.clientele.predict.recommend;

import io.clientele.predict.recommend.ProductIndex.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A product to offer to a customer.
 *
 * @param rank 1 for what to offer first, within the kind
 * @param score how close it is to what the customer bought; 0 if only popular
 * @param because what the customer bought that led to it, the strongest first
 * @param abovePrice what it is dearer than; null unless it is offered for that
 */
record Recommendation(
        Kind kind,
        int rank,
        Product product,
        double score,
        Reason reason,
        List<String> because,
        BigDecimal abovePrice) {

    /** What a product is offered for. */
    enum Kind {
        CROSS_SELL,
        UP_SELL;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a product is offered. */
    enum Reason {
        BOUGHT_TOGETHER,
        BOUGHT_AGAIN,
        RANGE_ABOVE,
        POPULAR;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
