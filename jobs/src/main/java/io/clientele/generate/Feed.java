package io.clientele.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A source's files: where they are, how they are written, and what is in them; as conf/sources says. */
enum Feed {
    CRM(
            Kind.CONTACTS,
            Dialect.csv(Charset.forName("windows-1252"), ';', "\r\n"),
            "ID_CLIENT,CIVILITE,NOM,PRENOM,SOCIETE,DATE_NAISSANCE,ADRESSE,COMPLEMENT,CODE_POSTAL,VILLE,PAYS,TEL,PORTABLE,EMAIL,NO_CARTE,SIRET,CSP,DATE_MAJ",
            "ID_CLIENT",
            null,
            null),
    LOYALTY(
            Kind.CONTACTS,
            Dialect.csv(StandardCharsets.UTF_8, ',', "\n").withMark(),
            "card_number,title,first_name,last_name,birth_date,street,street2,postcode,city,country,phone,mobile,email,enrolled_on,updated_at",
            "card_number",
            null,
            null),
    WEB_ACCOUNTS(
            Kind.CONTACTS,
            Dialect.json(),
            "id,email,firstName,lastName,phone,address,loyalty,createdAt,updatedAt",
            "id",
            null,
            null),
    NEWSLETTER(
            Kind.CONTACTS,
            Dialect.csv(StandardCharsets.UTF_16LE, '\t', "\r\n").withMark().in("txt"),
            "EMAIL,PRENOM,NOM,CODE_POSTAL,INSCRIT_LE",
            "EMAIL",
            null,
            null),
    CONTEST(
            Kind.CONTACTS,
            Dialect.csv(Charset.forName("ISO-8859-15"), '|', "\n"),
            "NO_BULLETIN,NOM_COMPLET,NAISSANCE,TELEPHONE,EMAIL,CONCOURS,PARTICIPE_LE",
            "NO_BULLETIN",
            null,
            null),
    SHOP_ORDERS(
            Kind.ORDER_LINES,
            Dialect.csv(Charset.forName("windows-1252"), ';', "\r\n"),
            "ticket,date,article,libelle,quantite,prix,carte,magasin",
            "article",
            "date",
            "quantite"),
    WEB_ORDERS(
            Kind.ORDER_LINES,
            Dialect.json(),
            "order_id,placed_at,sku,label,qty,unit_price,currency,country,customer,status",
            "sku",
            "placed_at",
            "qty"),
    WEB_EVENTS(Kind.EVENTS, Dialect.json(), "at,type,page,customer", "type", "at", null),
    EMAIL_EVENTS(
            Kind.EVENTS,
            Dialect.csv(StandardCharsets.UTF_8, ',', "\n"),
            "at,event,campaign,recipient",
            "event",
            "at",
            null),
    SHOP_VISITS(
            Kind.EVENTS, Dialect.csv(StandardCharsets.UTF_8, ';', "\n"), "carte,date,magasin", "date", "date", null),
    CALLS(
            Kind.EVENTS,
            Dialect.csv(Charset.forName("ISO-8859-15"), ';', "\n"),
            "date,client,motif,duree_s",
            "date",
            "date",
            null),
    FEEDBACK(
            Kind.EVENTS, Dialect.csv(StandardCharsets.UTF_8, ';', "\n"), "client,le,quoi,note,sur", "quoi", "le", null),
    CONSENTS(
            Kind.CONSENTS,
            Dialect.csv(StandardCharsets.UTF_8, ';', "\n"),
            "client,finalite,canal,accord,decide_le,preuve",
            "client",
            "decide_le",
            "accord"),
    RETURNS(
            Kind.EVENTS,
            Dialect.csv(Charset.forName("windows-1252"), ';', "\r\n"),
            "CLIENT,DATE,CANAL,MOTIF",
            "CANAL",
            "DATE",
            null),
    SIRENE_UNITS(
            Kind.COMPANIES, Dialect.csv(StandardCharsets.UTF_8, ',', "\n"), SireneLayout.UNITS, "siren", null, null),
    SIRENE_ESTABLISHMENTS(
            Kind.COMPANIES,
            Dialect.csv(StandardCharsets.UTF_8, ',', "\n"),
            SireneLayout.ESTABLISHMENTS,
            "siren",
            null,
            null);

    /** What the records are about. */
    enum Kind {
        CONTACTS,
        ORDER_LINES,
        EVENTS,
        CONSENTS,
        COMPANIES;

        /** Whether there is a file for every day, rather than a stock and what changes in the nights after it. */
        boolean isDaily() {
            return this == ORDER_LINES || this == EVENTS;
        }
    }

    private final Kind kind;
    private final Dialect dialect;
    private final List<String> columns;
    private final int[] oldPlaces;
    private final int required;
    private final int moment;
    private final int number;

    Feed(Kind kind, Dialect dialect, String columns, String required, String moment, String number) {
        this.kind = kind;
        this.dialect = dialect;
        this.columns = List.of(columns.split(",", -1));
        this.oldPlaces = IntStream.range(0, this.columns.size())
                .filter(place -> !SireneLayout.LATER.contains(this.columns.get(place)))
                .toArray();
        this.required = this.columns.indexOf(required);
        this.moment = this.columns.indexOf(moment == null ? "" : moment);
        this.number = this.columns.indexOf(number == null ? "" : number);
    }

    String source() {
        return name().toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        return kind;
    }

    Dialect dialect() {
        return dialect;
    }

    List<String> columns() {
        return columns;
    }

    /** The columns of the file of a day: the register's stock is in its old layout, what follows in the new one. */
    List<String> columns(boolean isStock) {
        return isStock ? Arrays.stream(oldPlaces).mapToObj(columns::get).toList() : columns;
    }

    /** The values, which are as many as the feed has columns, of the columns of a day's file. */
    String[] values(String[] all, boolean isStock) {
        return isStock ? Arrays.stream(oldPlaces).mapToObj(place -> all[place]).toArray(String[]::new) : all;
    }

    /** The value of a column in a record. */
    String value(String column, String[] record) {
        return record[columns.indexOf(column)];
    }

    /** The place of a column without which no record is accepted. */
    int required() {
        return required;
    }

    /** The place of the moment that every record must tell; -1 if it need not. */
    int moment() {
        return moment;
    }

    /** The place of a number, or a yes or no, that every record must have; -1 if there is none. */
    int number() {
        return number;
    }

    String file(String day) {
        return source() + '/' + source() + '-' + day + '.' + dialect.ending();
    }
}
