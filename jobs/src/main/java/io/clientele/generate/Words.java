package io.clientele.generate;

import java.util.List;
import java.util.Map;

/** What names, streets and catalogues are made of. Whoever bears a name that comes out of it is not meant. */
final class Words {

    static final List<String> WOMEN =
            split("Marie Nathalie Isabelle Sylvie Catherine Françoise Martine Christine Monique"
                    + " Valérie Sandrine Sophie Céline Stéphanie Véronique Nicole Chantal Anne Brigitte Julie Aurélie Laurence"
                    + " Dominique Émilie Léa Camille Manon Chloé Sarah Laura Pauline Mathilde Marine Élodie Mélanie Audrey Lucie"
                    + " Hélène Agnès Béatrice Joséphine Jeanne Louise Zoé Inès Jade Ambre Anaïs Noémie Maëlys Solène Gaëlle"
                    + " Marie-Claude Anne-Sophie Marie-Thérèse Élisabeth Caroline Claire Charlotte Florence Geneviève Maëva"
                    + " Océane Fatima Aïcha Yasmine");
    static final List<String> MEN = split(
            "Jean Michel Philippe Alain Patrick Nicolas Christophe Pierre Christian Éric"
                    + " Frédéric Laurent Stéphane David Pascal Daniel Alexandre Julien Thierry Olivier Bernard Thomas Sébastien"
                    + " Gérard Didier Dominique Vincent François Bruno Guillaume Jérôme Jacques Marc Maxime Romain Claude Antoine"
                    + " Franck Jean-Pierre Anthony Kevin Gilles Cédric Serge André Mathieu Benjamin Jean-Luc Fabrice Hervé Lucas"
                    + " Hugo Théo Léo Raphaël Gaël Loïc Yannick Jean-François Rémi Grégory Mickaël Emmanuel Mohamed Karim Mehdi");
    static final Map<String, String> NICKNAMES = Map.ofEntries(
            Map.entry("Alexandre", "Alex"),
            Map.entry("Anne-Sophie", "Anne-So"),
            Map.entry("Aurélie", "Lili"),
            Map.entry("Benjamin", "Ben"),
            Map.entry("Catherine", "Cathy"),
            Map.entry("Charlotte", "Charlie"),
            Map.entry("Christine", "Chris"),
            Map.entry("Christophe", "Chris"),
            Map.entry("Dominique", "Dom"),
            Map.entry("Frédéric", "Fred"),
            Map.entry("Gérard", "Gégé"),
            Map.entry("Grégory", "Greg"),
            Map.entry("Guillaume", "Guigui"),
            Map.entry("Isabelle", "Isa"),
            Map.entry("Jean-François", "Jeff"),
            Map.entry("Jean-Pierre", "JP"),
            Map.entry("Joséphine", "Jo"),
            Map.entry("Mathieu", "Mat"),
            Map.entry("Maxime", "Max"),
            Map.entry("Michel", "Mich"),
            Map.entry("Mickaël", "Mika"),
            Map.entry("Nathalie", "Nath"),
            Map.entry("Nicolas", "Nico"),
            Map.entry("Philippe", "Phil"),
            Map.entry("Raphaël", "Raph"),
            Map.entry("Sébastien", "Seb"),
            Map.entry("Stéphane", "Steph"),
            Map.entry("Stéphanie", "Steph"),
            Map.entry("Valérie", "Val"),
            Map.entry("Véronique", "Véro"),
            Map.entry("Vincent", "Vince"));
    static final List<String> COMMON_NAMES = split(
            "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau"
                    + " Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert"
                    + " Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier"
                    + " François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson"
                    + " Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière"
                    + " Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron"
                    + " Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey"
                    + " Leclerc Payet Rolland Leclercq Guillaume Lecomte Nguyen Lopez Jean Dupuy Guillot Hubert Berger Sanchez");
    static final List<String> NAME_STARTS = split("Bel Mar Char Gar Vil Mont Bon Per Tour Cas Del Four Guil Hau Lan"
            + " Mal Nor Pel Quer Rou Sau Tré Val Bré Cler Dor Fra Gri Jou Ker Lor Mé Pré Ra Sé Thi Ver Bour Cha Ges Hé"
            + " Lé Pon Ri Vau");
    static final List<String> NAME_MIDDLES = split(
            "an ar as av el em er es iol il im in ol om or os un ul ur av eb ec ed ib"
                    + " ob ot oul ig ad ag at az ev ez id iv od og ouv ub ud ug ass ell err ess ill inn iss oll orr oss uss");
    static final List<String> NAME_ENDS = split("ard ier mont val in eau et on ac ette ault ois and aud ert ière ot el"
            + " igny ville ency erre oux an euil ange elle ain er ant");
    static final List<String> PARTICLES = List.of("Le ", "de ", "La ", "d'A", "Du ", "de La ", "Saint-");
    static final List<String> STREET_KINDS =
            List.of("rue", "rue", "rue", "avenue", "boulevard", "place", "impasse", "allée", "chemin", "route", "quai");
    static final List<String> STREETS = List.of(
            "des Lilas",
            "de la Gare",
            "du Moulin",
            "des Écoles",
            "de l'Église",
            "Victor-Hugo",
            "Jean-Jaurès",
            "Pasteur",
            "de la République",
            "du Général-de-Gaulle",
            "des Tilleuls",
            "des Acacias",
            "du Château",
            "de la Fontaine",
            "des Prés",
            "de Verdun",
            "du 8-Mai-1945",
            "des Cerisiers",
            "de Bretagne",
            "du Stade",
            "des Vignes",
            "de la Mairie",
            "du Lavoir",
            "des Peupliers",
            "de la Paix",
            "Saint-Michel",
            "Jules-Ferry",
            "Émile-Zola",
            "des Roses",
            "du Four",
            "de la Poste",
            "du Vieux-Puits",
            "des Champs",
            "de la Liberté",
            "du Pont",
            "des Jonquilles",
            "de Provence",
            "Gambetta",
            "du Bois",
            "de l'Abbaye",
            "des Hirondelles",
            "du Marché",
            "de la Croix",
            "du Port",
            "des Marronniers");
    static final Map<String, String> STREET_SHORT = Map.of(
            "avenue", "av.", "boulevard", "bd", "place", "pl.", "impasse", "imp.", "chemin", "ch.", "route", "rte");
    static final List<String> EXTRAS = List.of(
            "Appt 12",
            "Bât. B",
            "Bâtiment A, appt 34",
            "Résidence les Pins",
            "Escalier C",
            "2e étage",
            "Lieu-dit la Grange",
            "Chez la gardienne",
            "Boîte 7");
    static final List<String> COMPANY_ENDS = List.of("SARL", "SAS", "EURL", "SA", "et Fils", "SCI", "");
    static final List<String> COMPANY_TRADES = List.of(
            "Hôtel",
            "Boulangerie",
            "Garage",
            "Cabinet",
            "Restaurant",
            "Salon",
            "Menuiserie",
            "Pharmacie",
            "Agence",
            "Transports");
    /** Under the domains that RFC 2606 keeps for examples, and the examples of the .fr zone. */
    static final List<String> MAIL_DOMAINS = List.of(
            "mail.example.com",
            "courriel.example.fr",
            "poste.example.com",
            "libre.example.org",
            "boite.exemple.fr",
            "pro.example.net");

    private Words() {}

    private static List<String> split(String words) {
        return List.of(words.split(" ", -1));
    }
}
