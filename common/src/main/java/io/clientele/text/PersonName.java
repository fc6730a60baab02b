package io.clientele.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person's name in parts, with capitals and accents as it is displayed.
 *
 * @param lastName the name in use: of somebody married, often the spouse's
 * @param birthName only where the text gives it beside the name in use
 * @param suffix {@code Jr}, {@code Sr}, {@code II}, {@code III}
 * @param partner the second person of a text that names two
 */
public record PersonName(
        Optional<Civility> civility,
        Optional<Title> title,
        List<String> firstNames,
        Optional<String> lastName,
        Optional<String> birthName,
        Optional<String> suffix,
        Optional<PersonName> partner) {

    /** What takes the place of the form of address, or stands beside it. */
    public enum Title {
        DOCTOR,
        PROFESSOR,
        MAITRE;

        private static final Map<String, Title> SPELLINGS = Map.ofEntries(
                Map.entry("DR", DOCTOR),
                Map.entry("DRE", DOCTOR),
                Map.entry("DOCTEUR", DOCTOR),
                Map.entry("DOCTEURE", DOCTOR),
                Map.entry("DOCTOR", DOCTOR),
                Map.entry("PR", PROFESSOR),
                Map.entry("PROF", PROFESSOR),
                Map.entry("PROFESSEUR", PROFESSOR),
                Map.entry("PROFESSEURE", PROFESSOR),
                Map.entry("PROFESSOR", PROFESSOR),
                Map.entry("ME", MAITRE),
                Map.entry("MTRE", MAITRE),
                Map.entry("MAITRE", MAITRE));

        /** Reads a field that holds a title where others hold the form of address. */
        public static Optional<Title> of(String text) {
            return text == null ? Optional.empty() : spelt(PersonNames.bare(text));
        }

        /** The title that a word is, as {@link PersonNames#bare} gives it. */
        static Optional<Title> spelt(String bare) {
            return Optional.ofNullable(SPELLINGS.get(bare));
        }
    }

    public PersonName {
        firstNames = List.copyOf(firstNames);
    }

    /** All first names, as one text. */
    public Optional<String> firstName() {
        return firstNames.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", firstNames));
    }

    public Optional<String> firstNameKey() {
        return firstName().map(PersonNames::key);
    }

    public Optional<String> lastNameKey() {
        return lastName.map(PersonNames::key);
    }

    /** First and last name in their usual order. */
    public String display() {
        return Stream.concat(firstNames.stream(), Stream.concat(lastName.stream(), suffix.stream()))
                .collect(Collectors.joining(" "));
    }

    PersonName with(PersonName second) {
        return new PersonName(civility, title, firstNames, lastName, birthName, suffix, Optional.of(second));
    }

    PersonName withLastName(Optional<String> name) {
        return new PersonName(civility, title, firstNames, name, birthName, suffix, partner);
    }
}
