/** @file
 * Answers without people's names: a network that tells pseudonyms.
 *
 * A pseudonym is made of a word for what it stands for and a keyed BLAKE2b hash of the text: "Person
 * 3fa9c21b04de". The same key gives the same pseudonyms every night and for every network, so that answers
 * stay comparable; without the key nobody can tell whom they stand for, nor try names out.
 */
#ifndef KITH_REDACTION_H
#define KITH_REDACTION_H

#include <kith/network.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * From here on every accessor of the network, and so every answer and export, tells pseudonyms instead of
 * names, keys, emails, phones, addresses, companies and schools, titles, goals, labels and names of sources;
 * of rejected rows and merges it tells no values. Skills, industries, places, programmes and cohorts stay.
 * Questions are still understood in true names, and answers are those of the true network.
 *
 * @param key_file  16 bytes or more, best random and mode 0600; whoever holds it can try names out.
 * @param keep      fields to leave as they are, of "company,title,label,goal"; NULL: none.
 * @return KITH_ENOINPUT, KITH_EIO; KITH_EDATA for a key that is too short; KITH_EUSAGE for another field;
 *         KITH_ENOMEM.
 * @note   Before any other thread uses the network. A pseudonym is as long-lived as the network.
 */
KITH_API kith_code kith_net_redact(kith_net *net, const char *key_file, const char *keep, kith_err *err);

/** Whether the network tells pseudonyms. */
KITH_API bool kith_net_is_redacted(const kith_net *net);

/** What is told of a question as it was worded: itself, or in a redacted network its pseudonym. Borrowed from
 * the network, or `text`. */
KITH_API const char *kith_net_wording(const kith_net *net, const char *text);

#ifdef __cplusplus
}
#endif
#endif
