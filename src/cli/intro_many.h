/** @file
 * Who asks for whom in `kith intro`: one for one group of people, or many questions at once.
 */
#ifndef KITH_CLI_INTRO_MANY_H
#define KITH_CLI_INTRO_MANY_H

#include "command.h"

typedef struct many_args {
    text_list from, to;
    const char *queries;
    bool coverage;
    uint32_t load; /**< most requests for one introducer; 0: any number */
} many_args;

extern const option many_options[];

/** @return KITH_EUSAGE where nobody asks, or for nobody, or both ways of asking are mixed. */
kith_code many_check(const many_args *args, kith_err *err);

/** What the file of questions is called, without its folder. */
const char *many_file_name(const many_args *args);

/** Whether there is more than one question: several are worded, or the asker's wording fits several people.
 */
kith_code many_wanted(const kith_net *net, const many_args *args, bool *many, kith_err *err);

/** Answers all of them. @param found  out: whether any has a route. */
kith_code many_answer(const kith_net *net, const many_args *args, const kith_intro_opts *opts,
                      const kith_output *to, bool *found, kith_err *err);

#endif
