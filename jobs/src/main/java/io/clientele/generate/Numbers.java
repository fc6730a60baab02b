package io.clientele.generate;

import java.util.Locale;

/** Identifiers that do not tell the person: each kind shuffles the numbers of persons in its own way, and never twice one. */
enum Numbers {
    CRM(48_271_009L, 17_013_337L),
    CARD(69_069_069L, 5_550_123L),
    ACCOUNT(37_109_741L, 81_202_477L),
    BULLETIN(22_695_477L, 44_440_001L),
    ORDER(52_706_057L, 9_123_457L),
    TICKET(75_110_293L, 31_415_926L),
    MAILBOX(61_803_399L, 1_414_213L),
    TELEPHONE(14_142_135L, 2_718_281L);

    /** A prime: multiplying by anything below it shuffles what is below it. */
    private static final long MODULUS = 999_999_937L;

    private final long factor;
    private final long shift;

    Numbers(long factor, long shift) {
        this.factor = factor;
        this.shift = shift;
    }

    /** @param rank below the modulus, that is below a billion */
    long of(long rank) {
        return (rank * factor + shift) % MODULUS;
    }

    /** Nine digits. */
    String digits(long rank) {
        return String.format(Locale.ROOT, "%09d", of(rank));
    }
}
