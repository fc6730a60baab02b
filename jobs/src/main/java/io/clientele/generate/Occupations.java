package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What persons do for a living, and how clerks write it down: as INSEE's code, its label, a word, or not at all. */
final class Occupations {

    /** The spellings of each of INSEE's eight groups. */
    private static final List<List<String>> SPELLINGS = List.of(
            List.of("1", "Agriculteurs exploitants", "agriculteur"),
            List.of("2", "Artisans, commerçants et chefs d'entreprise", "commerçant"),
            List.of("3", "Cadres et professions intellectuelles supérieures", "cadre"),
            List.of("4", "Professions intermédiaires", "prof. intermédiaire"),
            List.of("5", "Employés", "employé"),
            List.of("6", "Ouvriers", "ouvrier"),
            List.of("7", "Retraités", "retraité"),
            List.of("8", "Autres personnes sans activité professionnelle", "étudiant"));

    /** About how the French of working age are spread over the first six groups and the last. */
    private static final double[] UP_TO = {0.02, 0.08, 0.28, 0.52, 0.77, 0.95, 1};

    private static final int RETIRED = 6;
    private static final int OTHER = 7;
    private static final double ASKED = 0.6;

    private final long seed;

    Occupations(long seed) {
        this.seed = seed;
    }

    /** What a record of a person says on a day; null if nobody asked, or the record is a company's. */
    String told(Person person, LocalDate day) {
        Draws draws = new Draws(seed, Purpose.OCCUPATION, person.number());
        double group = draws.unit();
        double spelling = draws.unit();
        if (!draws.chance(ASKED) || person.company() != null) {
            return null;
        }
        List<String> spellings = SPELLINGS.get(group(group, ChronoUnit.YEARS.between(person.birth(), day)));
        return spellings.get((int) (spelling * spellings.size()));
    }

    private static int group(double draw, long age) {
        if (age >= 64) {
            return RETIRED;
        }
        if (age < 22) {
            return OTHER;
        }
        int group = 0;
        while (draw >= UP_TO[group]) {
            group++;
        }
        return group == RETIRED ? OTHER : group;
    }
}
