package io.clientele.qualify;

import io.clientele.schema.CollectedContacts;
import io.clientele.schema.ContactKind;
import io.clientele.schema.Contacts;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.text.Addresses;
import io.clientele.text.Civility;
import io.clientele.text.CompanyId;
import io.clientele.text.CompanyIds;
import io.clientele.text.CompanyName;
import io.clientele.text.CompanyNames;
import io.clientele.text.Countries;
import io.clientele.text.Emails;
import io.clientele.text.Finding;
import io.clientele.text.FrenchAddress;
import io.clientele.text.Issue;
import io.clientele.text.OccupationGroup;
import io.clientele.text.Parsed;
import io.clientele.text.PersonName;
import io.clientele.text.PersonNames;
import io.clientele.text.Phones;
import io.clientele.text.Phones.Phone;
import io.clientele.text.PostalLines;
import io.clientele.text.Reading;
import io.clientele.text.Texts;
import io.clientele.text.VatNumber;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes of a delivered contact record a standardised one, all values in one pass. What can be told by rule is told; a
 * correction that is only probable is proposed among the issues, and the value stays.
 */
final class ContactReader implements Serializable {

    private static final long serialVersionUID = 1;

    private final String country;
    private final Set<Issue> ignored;
    private final Set<LocalDate> fillers;
    private final int oldestAge;

    ContactReader(ContactsJob.Config config) {
        this.country = config.country();
        this.ignored = config.ignoredIssues();
        this.fillers = config.birthDateFillers();
        this.oldestAge = config.oldestAge();
    }

    /** A row of {@link Contacts} from one of {@link CollectedContacts} that knows its identifier and its versions. */
    Row read(Row delivered) {
        return new Contact(delivered).row();
    }

    /** A record being standardised. */
    private final class Contact {

        private final Row delivered;
        private final Object[] values = new Object[Contacts.values().length];
        private final List<Row> issues = new ArrayList<>();
        private final Reading<PersonName> name;

        Contact(Row delivered) {
            this.delivered = delivered;
            this.name = name();
        }

        Row row() {
            copy(Contacts.CONTACT_ID, Contacts.CONTACT_ID);
            copy(Delivery.SOURCE, Contacts.SOURCE);
            copy(CollectedContacts.CONTACT_REF, Contacts.CONTACT_REF);
            copy(CollectedContacts.CUSTOMER_REF, Contacts.CUSTOMER_REF);
            copy(Contacts.VERSIONS, Contacts.VERSIONS);
            Instant updatedAt = (Instant) value(CollectedContacts.UPDATED_AT);
            LocalDate deliveredOn = (LocalDate) value(Delivery.DELIVERED_ON);
            set(
                    Contacts.UPDATED_AT,
                    updatedAt == null ? deliveredOn.atStartOfDay(ZoneOffset.UTC).toInstant() : updatedAt);
            List<Row> unread = value(Delivery.ISSUES) == null
                    ? List.of()
                    : delivered.getList(delivered.fieldIndex(Delivery.ISSUES.column()));
            unread.forEach(issue ->
                    issues.add(RowFactory.create(issue.getString(0), issue.getString(1), issue.getString(2), null)));

            readName();
            String company = readCompany();
            readBirthDate(deliveredOn);
            readOccupation();
            String dialled = readAddress(company);
            readPhones(dialled);
            readEmail();
            set(Contacts.ISSUES, CollectionConverters.asScala(issues).toSeq());
            return RowFactory.create(values);
        }

        private void readName() {
            note(Contacts.LAST_NAME, nameText(), name.findings());
            name.value().ifPresent(parts -> {
                set(Contacts.FIRST_NAME, parts.firstName());
                set(Contacts.LAST_NAME, parts.lastName());
                set(Contacts.NAME_SUFFIX, parts.suffix());
                set(Contacts.BIRTH_NAME, parts.birthName());
            });
            String address = text(CollectedContacts.CIVILITY);
            Parsed<Civility> civility = Civility.parse(address);
            Optional<PersonName.Title> title = PersonName.Title.of(address);
            if (title.isEmpty()) {
                note(Contacts.CIVILITY, address, civility);
            }
            set(
                    Contacts.CIVILITY,
                    civility.value()
                            .or(() -> name.value().flatMap(PersonName::civility))
                            .map(Civility::name));
            set(
                    Contacts.TITLE,
                    title.or(() -> name.value().flatMap(PersonName::title)).map(PersonName.Title::name));
        }

        private Reading<PersonName> name() {
            String first = text(CollectedContacts.FIRST_NAME);
            String last = text(CollectedContacts.LAST_NAME);
            return Texts.clean(first) == null && Texts.clean(last) == null
                    ? PersonNames.read(text(CollectedContacts.FULL_NAME))
                    : PersonNames.read(first, last);
        }

        /** The name as delivered: of two fields, one behind the other. */
        private String nameText() {
            String fields = Stream.of(CollectedContacts.FIRST_NAME, CollectedContacts.LAST_NAME)
                    .map(this::text)
                    .map(Texts::clean)
                    .filter(part -> part != null)
                    .collect(Collectors.joining(" "));
            return fields.isEmpty() ? text(CollectedContacts.FULL_NAME) : fields;
        }

        /** Who is written to: of several persons, all. */
        private String receiver() {
            if (name.value().filter(person -> person.partner().isPresent()).isPresent()) {
                return Texts.clean(nameText());
            }
            String civility = get(Contacts.CIVILITY) == null
                    ? ""
                    : Civility.valueOf(get(Contacts.CIVILITY)).abbreviation() + " ";
            return name.value().map(person -> civility + person.display()).orElse(null);
        }

        /** The organisation's name as written; where none is delivered, what stands for a person's name may be one. */
        private String readCompany() {
            String written = Texts.clean(text(CollectedContacts.COMPANY_NAME));
            if (written == null) {
                written = name.proposal(Issue.ORGANISATION_NAME).orElse(null);
            }
            Reading<CompanyName> organisation = CompanyNames.read(written);
            note(Contacts.COMPANY_NAME, written, organisation.findings());
            set(Contacts.COMPANY_NAME, organisation.value().map(CompanyName::name));
            set(
                    Contacts.LEGAL_FORM,
                    organisation.value().flatMap(CompanyName::form).map(Enum::name));
            String number = text(CollectedContacts.COMPANY_ID);
            Reading<CompanyId> id = CompanyIds.any(number);
            note(Contacts.SIREN, number, id.findings());
            set(Contacts.SIREN, id.value().flatMap(CompanyId::siren));
            set(Contacts.SIRET, id.value().flatMap(CompanyId::siret));
            set(Contacts.VAT_NUMBER, id.value().flatMap(CompanyId::vatNumber).map(VatNumber::text));
            boolean isNamed = organisation.value().isPresent() && !organisation.has(Issue.PERSON_NAME);
            ContactKind kind = isNamed || id.value().isPresent() ? ContactKind.COMPANY : ContactKind.PERSON;
            set(Contacts.KIND, kind.code());
            return organisation.value().isPresent() ? written : null;
        }

        private void readBirthDate(LocalDate deliveredOn) {
            LocalDate birthDate = (LocalDate) value(CollectedContacts.BIRTH_DATE);
            if (birthDate == null) {
                return;
            }
            if (birthDate.isAfter(deliveredOn)) {
                note(Contacts.BIRTH_DATE, birthDate.toString(), Finding.of(Issue.FUTURE_BIRTH_DATE));
            } else if (fillers.contains(birthDate)
                    || birthDate.plusYears(oldestAge).isBefore(deliveredOn)) {
                note(Contacts.BIRTH_DATE, birthDate.toString(), Finding.of(Issue.IMPLAUSIBLE_BIRTH_DATE));
            } else {
                set(Contacts.BIRTH_DATE, birthDate);
            }
        }

        private void readOccupation() {
            String text = text(CollectedContacts.OCCUPATION);
            Parsed<OccupationGroup> group = OccupationGroup.parse(text);
            note(Contacts.OCCUPATION_GROUP, text, group);
            set(Contacts.OCCUPATION_GROUP, group.value().map(OccupationGroup::code));
        }

        /** Gives the country: the one delivered, the one that the address itself tells, or the usual one. */
        private String readAddress(String company) {
            String named = text(CollectedContacts.COUNTRY);
            Parsed<String> known = Countries.parse(named);
            note(Contacts.COUNTRY, named, known);
            List<String> lines = Arrays.asList(text(CollectedContacts.ADDRESS), text(CollectedContacts.ADDRESS_EXTRA));
            String postcode = text(CollectedContacts.POSTCODE);
            String town = text(CollectedContacts.TOWN);
            Reading<FrenchAddress> reading =
                    Addresses.parse(lines, postcode, town, known.value().orElse(country));
            String typed = Stream.concat(lines.stream(), Stream.of(postcode, town))
                    .filter(line -> Texts.clean(line) != null)
                    .collect(Collectors.joining("\n"));
            reading.findings().forEach(finding -> note(column(finding.issue()), typed, finding));
            reading.value().ifPresent(address -> {
                set(Contacts.ADDRESS, address.line());
                set(Contacts.ADDRESS_EXTRA, address.extra());
                set(Contacts.HOUSE_NUMBER, address.houseNumber());
                set(Contacts.STREET, address.streetKey());
                set(Contacts.POST_BOX, address.box());
                set(Contacts.POSTCODE, address.postcode() == null ? null : Texts.fold(address.postcode()));
                set(Contacts.TOWN, address.townKey());
                set(Contacts.CEDEX, address.cedex());
                boolean isComparable = address.isFrench() && address.postcode() != null && address.town() != null;
                set(Contacts.IS_POSTCODE_OF_TOWN, isComparable ? !reading.has(Issue.POSTCODE_TOWN_MISMATCH) : null);
                PostalLines envelope = PostalLines.of(address.addressedTo(company, receiver()));
                set(
                        Contacts.POSTAL_LINES,
                        CollectionConverters.asScala(envelope.lines()).toSeq());
                if (envelope.isCut()) {
                    note(Contacts.POSTAL_LINES, typed, Finding.of(Issue.ADDRESS_CUT));
                }
            });
            String told = reading.value()
                    .map(FrenchAddress::country)
                    .filter(code -> !code.equals("FR"))
                    .orElse(country);
            String found = known.value().orElse(told);
            set(Contacts.COUNTRY, found);
            return found;
        }

        private static Contacts column(Issue issue) {
            return switch (issue) {
                case MISSING_POSTCODE, INVALID_POSTCODE, UNKNOWN_POSTCODE, POSTCODE_TOWN_MISMATCH -> Contacts.POSTCODE;
                case MISSING_TOWN, TOWN_GUESSED -> Contacts.TOWN;
                case MISSING_CEDEX -> Contacts.CEDEX;
                default -> Contacts.ADDRESS;
            };
        }

        /** Each number goes where numbers of its kind belong, if that place is free. */
        private void readPhones(String dialled) {
            String phoneText = text(CollectedContacts.PHONE);
            String mobileText = text(CollectedContacts.MOBILE);
            Reading<Phone> phone = Phones.read(phoneText, dialled);
            Reading<Phone> mobile = Phones.read(mobileText, dialled);
            boolean isPhoneMobile =
                    isOf(phone, Phones.Kind.MOBILE) && mobile.value().isEmpty();
            boolean isMobileFixed =
                    isOf(mobile, Phones.Kind.FIXED) && phone.value().isEmpty();
            boolean areOne = phone.value().isPresent() && phone.value().equals(mobile.value());
            place(
                    isPhoneMobile || (areOne && !isOf(phone, Phones.Kind.FIXED)) ? Contacts.MOBILE : Contacts.PHONE,
                    phoneText,
                    phone);
            if (!areOne) {
                place(isMobileFixed ? Contacts.PHONE : Contacts.MOBILE, mobileText, mobile);
            }
        }

        private void place(Contacts column, String text, Reading<Phone> phone) {
            note(column, text, phone.findings());
            phone.value().ifPresent(number -> {
                set(column, number.e164());
                set(
                        column == Contacts.PHONE ? Contacts.PHONE_KIND : Contacts.MOBILE_KIND,
                        number.kind().name().toLowerCase(Locale.ROOT));
            });
        }

        private static boolean isOf(Reading<Phone> phone, Phones.Kind kind) {
            return phone.value().filter(number -> number.kind() == kind).isPresent();
        }

        private void readEmail() {
            String text = text(CollectedContacts.EMAIL);
            Reading<Emails.Address> email = Emails.read(text);
            note(Contacts.EMAIL, text, email.findings());
            email.value().ifPresent(address -> {
                set(Contacts.EMAIL, address.text());
                set(Contacts.IS_EMAIL_DISPOSABLE, email.has(Issue.DISPOSABLE_EMAIL));
                set(Contacts.IS_EMAIL_ROLE, email.has(Issue.ROLE_EMAIL));
            });
        }

        private void note(Field column, String text, Parsed<?> parsed) {
            parsed.issue().ifPresent(issue -> note(column, text, Finding.of(issue)));
        }

        private void note(Field column, String text, List<Finding> findings) {
            findings.forEach(finding -> note(column, text, finding));
        }

        private void note(Field column, String text, Finding finding) {
            if (!ignored.contains(finding.issue())) {
                issues.add(RowFactory.create(
                        column.column(),
                        finding.issue().code(),
                        text,
                        finding.proposal().orElse(null)));
            }
        }

        private String text(Field column) {
            return (String) value(column);
        }

        private Object value(Field column) {
            return delivered.get(delivered.fieldIndex(column.column()));
        }

        private void copy(Field from, Contacts to) {
            set(to, value(from));
        }

        private String get(Contacts column) {
            return (String) values[position(column)];
        }

        private void set(Contacts column, Optional<String> value) {
            set(column, value.orElse(null));
        }

        private void set(Contacts column, Object value) {
            values[position(column)] = value;
        }

        @SuppressWarnings("EnumOrdinal") // the table's columns are the constants, in their order
        private static int position(Contacts column) {
            return column.ordinal();
        }
    }
}
