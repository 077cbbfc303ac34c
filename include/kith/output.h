/** @file
 * Answers as text, CSV, JSON or a page.
 *
 * Every writer has the same shape: it borrows the network and the result, and writes the whole of
 * it to one place. @return KITH_ECREATE, KITH_EIO, KITH_ENOMEM, KITH_EUSAGE (a format that this
 * answer cannot be written in), or the network's own damage.
 */
#ifndef KITH_OUTPUT_H
#define KITH_OUTPUT_H

#include <kith/ancestry.h>
#include <kith/bridges.h>
#include <kith/build.h>
#include <kith/chains.h>
#include <kith/circles.h>
#include <kith/cohort.h>
#include <kith/coverage.h>
#include <kith/diff.h>
#include <kith/folder.h>
#include <kith/health.h>
#include <kith/intro.h>
#include <kith/match.h>
#include <kith/network.h>
#include <kith/queries.h>
#include <kith/sharing.h>
#include <kith/suggest.h>
#include <kith/who.h>
#include <kith/why.h>
#include <kith/without.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum kith_format {
    KITH_FORMAT_AUTO, /**< by the ending of the path; text on stdout */
    KITH_FORMAT_TEXT,
    KITH_FORMAT_CSV, /**< the main list; lines end in LF */
    KITH_FORMAT_JSON,
    KITH_FORMAT_JSONL, /**< the rows of the main list, one a line */
    KITH_FORMAT_HTML
} kith_format;

/** One option as it was asked, told among the parameters of an answer: "to", "company:Acme". Borrowed. */
typedef struct kith_setting {
    const char *name;
    const char *value;
} kith_setting;

/** Where an answer goes and how it looks. A zeroed struct writes plain text to stdout. */
typedef struct kith_output {
    const char *path; /**< NULL or "-": stdout; a name that ends in .gz is compressed */
    kith_format format;
    uint32_t width;               /**< columns of text output; 0: 80 */
    bool colour;                  /**< text output may use terminal colours */
    bool with_contacts;           /**< show emails, phones and URLs */
    const kith_setting *settings; /**< what the result itself does not know, for example the query */
    uint32_t n_settings;
} kith_output;

/** The format of "text", "csv", "json", "jsonl", "html"; KITH_FORMAT_AUTO for any other word. */
KITH_API kith_format kith_format_find(const char *word);

/** Whether the format is known, so that a bad name is told before the work is done. @return KITH_EUSAGE. */
KITH_API kith_code kith_output_check(const kith_output *to, kith_err *err);

/** The format it is written in, by its path where none is named; KITH_FORMAT_AUTO where that does not tell.
 */
KITH_API kith_format kith_output_format(const kith_output *to);

/** Which parts of `kith info` are wanted beyond the summary. */
typedef struct kith_info_parts {
    bool rejects;
    bool merges;
    bool doubts;                 /**< pairs that may be one person */
    bool columns;                /**< which columns of each source were read as what */
    uint32_t most_listed;        /**< entries of the merge log and doubtful pairs to tell, of each; 0: all */
    bool fold;                   /**< on a page, sources and the merge log are shown when asked for */
    const kith_circles *circles; /**< borrowed; NULL: not told */
    const kith_left_out *left_out; /**< files among the inputs that were not read; borrowed; NULL: not told */
} kith_info_parts;

/** The summary, the sources, and the parts. CSV and JSONL hold one list: the sources, or the one part that is
 * wanted. Contacts within rejected rows are hidden unless `to->with_contacts`. */
KITH_API kith_code kith_write_info(const kith_net *net, const kith_info_parts *parts, const kith_output *to,
                                   kith_err *err);
KITH_API kith_code kith_write_people(const kith_net *net, const kith_ids *people, const kith_output *to,
                                     kith_err *err);
KITH_API kith_code kith_write_why(const kith_net *net, const kith_why_result *result, const kith_output *to,
                                  kith_err *err);
KITH_API kith_code kith_write_intro(const kith_net *net, const kith_intro_result *result,
                                    const kith_output *to, kith_err *err);

/** The answers to many questions, pair by pair: a row for each route, and one without a rank for a question
 * that has none. Takes what is left of the run.
 * @param opts     as the run was given them; max_hops and top are those of questions that do not say.
 * @param sharing  NULL, or who asks whom: each question is then told with its one route, and with its first
 *                 choice where that is another. */
KITH_API kith_code kith_write_queries(const kith_net *net, const kith_intro_opts *opts,
                                      const kith_queries *queries, kith_query_run *run,
                                      const kith_sharing *sharing, const kith_output *to, kith_err *err);

/** Which introductions would hold a network together better. */
KITH_API kith_code kith_write_suggestions(const kith_net *net, const kith_suggest_result *result,
                                          const kith_output *to, kith_err *err);

/** What becomes of a network without some people. */
KITH_API kith_code kith_write_without(const kith_net *net, const kith_without_result *result,
                                      const kith_output *to, kith_err *err);

/** What changed between two networks. CSV and JSONL list all changes, one a row. */
KITH_API kith_code kith_write_diff(const kith_net *before, const kith_net *after,
                                   const kith_diff_result *result, const kith_output *to, kith_err *err);

/** Who reaches what. @param queries  every asker of the coverage, each with all groups, in its order. */
KITH_API kith_code kith_write_coverage(const kith_net *net, const kith_intro_opts *opts,
                                       const kith_queries *queries, const kith_coverage *coverage,
                                       const kith_output *to, kith_err *err);
KITH_API kith_code kith_write_bridges(const kith_net *net, const kith_bridges_result *result,
                                      const kith_output *to, kith_err *err);
KITH_API kith_code kith_write_chains(const kith_net *net, const kith_chains_result *result,
                                     const kith_output *to, kith_err *err);
KITH_API kith_code kith_write_ancestry(const kith_net *net, const kith_ancestry_result *result,
                                       const kith_output *to, kith_err *err);

/** Groups side by side. */
KITH_API kith_code kith_write_cohort(const kith_net *net, const kith_cohort_result *result,
                                     const kith_output *to, kith_err *err);

KITH_API kith_code kith_write_match(const kith_net *net, const kith_match_result *result,
                                    const kith_output *to, kith_err *err);

/** What checks came to: a row for each path. */
KITH_API kith_code kith_write_checked(const kith_checked *list, uint32_t count, const kith_output *to,
                                      kith_err *err);

/** A coefficient or an option as it is in force. All texts are borrowed. */
typedef struct kith_config_line {
    const char *section; /**< of kith.ini */
    const char *name;
    const char *value;    /**< NULL: not given, and nothing by default */
    const char *usual;    /**< the default; NULL: nothing */
    const char *argument; /**< what the help calls the value; NULL for flags and coefficients */
    const char *help;     /**< NULL: no option of that section */
    bool is_set;          /**< kith.ini says it */
} kith_config_line;

/** What is in force, a row for each line. */
KITH_API kith_code kith_write_config(const kith_config_line *lines, uint32_t count, const kith_output *to,
                                     kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
