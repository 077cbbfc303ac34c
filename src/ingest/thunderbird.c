/* Contacts as Thunderbird exports them: columns named in the language of the program, and a comma behind
 * the last. */
#include "ingest/contact_rows.h"
#include "ingest/format.h"

/* In English, German, French, Spanish and Italian. */
static const kith_column_alias aliases[] = {
    {"displayname", KITH_COLUMN_NAME},
    {"anzeigename", KITH_COLUMN_NAME},
    {"nomaafficher", KITH_COLUMN_NAME},
    {"nombreenpantalla", KITH_COLUMN_NAME},
    {"nomevisualizzato", KITH_COLUMN_NAME},
    {"firstname", KITH_COLUMN_GIVEN},
    {"vorname", KITH_COLUMN_GIVEN},
    {"prenom", KITH_COLUMN_GIVEN},
    {"nombre", KITH_COLUMN_GIVEN},
    {"nome", KITH_COLUMN_GIVEN},
    {"lastname", KITH_COLUMN_FAMILY},
    {"nachname", KITH_COLUMN_FAMILY},
    {"nom", KITH_COLUMN_FAMILY},
    {"nomdefamille", KITH_COLUMN_FAMILY},
    {"apellidos", KITH_COLUMN_FAMILY},
    {"cognome", KITH_COLUMN_FAMILY},
    {"nickname", KITH_COLUMN_NICKNAME},
    {"spitzname", KITH_COLUMN_NICKNAME},
    {"surnom", KITH_COLUMN_NICKNAME},
    {"apodo", KITH_COLUMN_NICKNAME},
    {"soprannome", KITH_COLUMN_NICKNAME},
    {"primaryemail", KITH_COLUMN_EMAIL},
    {"secondaryemail", KITH_COLUMN_EMAIL},
    {"primareemailadresse", KITH_COLUMN_EMAIL},
    {"sekundareemailadresse", KITH_COLUMN_EMAIL},
    {"adresseelectroniqueprincipale", KITH_COLUMN_EMAIL},
    {"adresseelectroniquesecondaire", KITH_COLUMN_EMAIL},
    {"direcciondecorreoelectronicoprincipal", KITH_COLUMN_EMAIL},
    {"direcciondecorreoelectronicosecundaria", KITH_COLUMN_EMAIL},
    {"emailprincipale", KITH_COLUMN_EMAIL},
    {"emailsecondaria", KITH_COLUMN_EMAIL},
    {"mobilenumber", KITH_COLUMN_PHONE},
    {"workphone", KITH_COLUMN_PHONE},
    {"homephone", KITH_COLUMN_PHONE},
    {"mobiltelnr", KITH_COLUMN_PHONE},
    {"teldienstlich", KITH_COLUMN_PHONE},
    {"telprivat", KITH_COLUMN_PHONE},
    {"portable", KITH_COLUMN_PHONE},
    {"telprofessionnel", KITH_COLUMN_PHONE},
    {"telefonomovil", KITH_COLUMN_PHONE},
    {"telefonotrabajo", KITH_COLUMN_PHONE},
    {"numerocellulare", KITH_COLUMN_PHONE},
    {"telefonolavoro", KITH_COLUMN_PHONE},
    {"organization", KITH_COLUMN_COMPANY},
    {"organisation", KITH_COLUMN_COMPANY},
    {"societe", KITH_COLUMN_COMPANY},
    {"organizacion", KITH_COLUMN_COMPANY},
    {"organizzazione", KITH_COLUMN_COMPANY},
    {"jobtitle", KITH_COLUMN_TITLE},
    {"arbeitstitel", KITH_COLUMN_TITLE},
    {"profession", KITH_COLUMN_TITLE},
    {"puesto", KITH_COLUMN_TITLE},
    {"qualifica", KITH_COLUMN_TITLE},
    {"workcity", KITH_COLUMN_LOCATION},
    {"homecity", KITH_COLUMN_LOCATION},
    {"workcountry", KITH_COLUMN_LOCATION},
    {"homecountry", KITH_COLUMN_LOCATION},
    {"webpage1", KITH_COLUMN_URL},
    {"webpage2", KITH_COLUMN_URL},
};

const kith_aliases kith_thunderbird_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

/** Two emails, and three ways to be called. */
bool kith_thunderbird_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_NAME) && kith_header_has(header, KITH_COLUMN_GIVEN) &&
           kith_header_has(header, KITH_COLUMN_NICKNAME) && kith_contact_rows_emails(header) > 1;
}

kith_code kith_thunderbird_read(kith_reading *reading, kith_err *err)
{
    return kith_contact_rows_read(reading, ";", err);
}
