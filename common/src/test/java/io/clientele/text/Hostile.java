package io.clientele.text;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Strings that a parser must survive. */
final class Hostile {

    private Hostile() {}

    /** Any text at all, and more often text made of what the parser looks for. */
    static Arbitrary<String> strings(String alphabet) {
        Arbitrary<String> near =
                Arbitraries.strings().withChars(alphabet.toCharArray()).ofMaxLength(40);
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(60);
        Arbitrary<String> marked = Arbitraries.strings()
                .withChars("aİıßŉœﬁ'- \u0301\u0316\u0345\u200d\u00a0\u001c\u0085\u0000\ud83d\udc4d한ᾳ".toCharArray())
                .ofMaxLength(12);
        return Arbitraries.oneOf(near, any, marked);
    }
}
