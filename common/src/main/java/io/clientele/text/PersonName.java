package io.clientele.text;

import java.util.List;
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
        MAITRE
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
