#include "ingest/sensitive.h"

#include <stddef.h>
#include <string.h>

/** Names that are sensitive as a whole: parts of other words otherwise. */
static const char *const words[] = {
    "age",       "alter",     "edad",   "eta",      "leeftijd", "idade",   "sex",     "sexe",
    "sexo",      "sesso",     "race",   "rasse",    "raza",     "razza",   "ras",     "raca",
    "glaube",    "faith",     "geloof", "fede",     "fe",       "address", "adresse", "anschrift",
    "direccion", "indirizzo", "adres",  "endereco", "strasse",  "rue",     "calle",   "via",
    "straat",    "rua",       "zip",    "plz",      "pay",      "income",  "ssn",     "dob",
    "bday",      "children",  "kinder", "salud",    "salute",   "saude",   "sante",   "pregnant",
};

/** What makes any name sensitive that it stands in, in the languages that exports come in. */
static const char *const stems[] = {
    /* characteristics as a whole, gender and orientation */
    "characteristic",
    "gender",
    "geschlecht",
    "genre",
    "genero",
    "genere",
    "geslacht",
    "sexual",
    "sexuel",
    "sessuale",
    "seksue",
    "lgbt",
    "pronoun",
    "pronom",
    /* birth */
    "birth",
    "geburt",
    "naissance",
    "nacimiento",
    "nascita",
    "geboorte",
    "nascimento",
    /* origin */
    "ethnic",
    "ethnie",
    "etnia",
    "etnic",
    "etnis",
    "nationalit",
    "nacionalid",
    "nazionalit",
    "nationaliteit",
    "staatsangehor",
    "citizenship",
    "cittadinanza",
    "ciudadania",
    "cidadania",
    "immigration",
    "migrationshinter",
    "skincolo",
    /* belief and politics */
    "religio",
    "konfession",
    "politic",
    "politisch",
    "tradeunion",
    "gewerkschaft",
    /* health */
    "disab",
    "behinder",
    "handicap",
    "discapacid",
    "deficienc",
    "medical",
    "medizin",
    "health",
    "gesundheit",
    "gezondheid",
    "veteran",
    "neurodiver",
    /* family */
    "marital",
    "familienstand",
    "etatcivil",
    "estadocivil",
    "statocivile",
    "burgerlijkestaat",
    "maiden",
    /* pay */
    "salary",
    "gehalt",
    "salaire",
    "salario",
    "stipendio",
    "salaris",
    "compensation",
    "einkommen",
    /* home and papers */
    "homeaddress",
    "privateaddress",
    "postaladdress",
    "mailingaddress",
    "street",
    "postcode",
    "postalcode",
    "zipcode",
    "postleitzahl",
    "codepostal",
    "passport",
    "reisepass",
    "socialsecurity",
    "nationalinsurance",
};

bool kith_column_is_sensitive(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (strstr(name, stems[i]))
            return true;
    return false;
}
