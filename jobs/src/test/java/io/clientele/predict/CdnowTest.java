package io.clientele.predict;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The CDNOW sample, against what was published on it. */
class CdnowTest {

    private static Cdnow cdnow;

    @BeforeAll
    static void read() {
        cdnow = Cdnow.read();
    }

    @Test
    void scratch() {
        for (TimeUnit unit : TimeUnit.values()) {
            System.out.println(MaximumLikelihood.of(new BgNbd.Likelihood(cdnow.histories(unit))));
            System.out.println(MaximumLikelihood.of(new ParetoNbd.Likelihood(cdnow.histories(unit))));
            System.out.println(MaximumLikelihood.of(new Nbd.Likelihood(cdnow.histories(unit))));
        }
        System.out.println(cdnow.spends().size() + " " + GammaGamma.fit(cdnow.spends()));
        System.out.println(cdnow.spends().correlation());
        BgNbd model = BgNbd.of(MaximumLikelihood.of(new BgNbd.Likelihood(cdnow.histories())));
        System.out.println(model.expectedRepeats(52) + " " + model.expectedPurchases(2, 30.43, 38.86, 39) + " "
                + model.expectedPurchases(26, 30.857, 31, 52) + " " + model.probabilityAlive(26, 30.857, 31));
        var h = cdnow.histories();
        double sum = 0;
        for (int i = 0; i < h.size(); i++)
            sum += h.customers(i) * model.expectedPurchases(h.repeats(i), h.last(i), h.age(i), 39);
        System.out.println(sum + " " + cdnow.purchasesAfterTheCut());
        ParetoNbd p = ParetoNbd.of(MaximumLikelihood.of(new ParetoNbd.Likelihood(cdnow.histories())));
        System.out.println(p.expectedRepeats(52) + " " + p.expectedPurchases(2, 30.43, 38.86, 39) + " "
                + p.probabilityAlive(2, 30.43, 38.86));
    }
}
