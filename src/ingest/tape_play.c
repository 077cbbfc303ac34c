/* Handing on again what a tape holds. It is gone through twice: first only to see that it is good. */
#include <string.h>

#include "base/mem.h"
#include "ingest/tape.h"
#include "ingest/tape_code.h"

typedef struct player {
    kith_tape_code code;
    kith_reading *reading; /**< NULL: only to see whether it is good */
    kith_date_columns *dates;
    bool has_owner, has_space, ended;
    uint32_t space;
    uint64_t n_mentions, n_rejects;
    uint32_t *handles; /**< [n_mentions], where it is played */
    size_t capacity;
} player;

/** The handle of who goes by a number on the tape. */
static uint32_t handle_of(player *p, uint32_t number)
{
    if (number >= KITH_TAPE_MENTIONS && number - KITH_TAPE_MENTIONS < p->n_mentions)
        return p->reading ? p->handles[number - KITH_TAPE_MENTIONS] : 0;
    if (number == KITH_TAPE_OWNER && p->has_owner)
        return p->reading ? p->reading->owner : 0;
    p->code.bad |= number != KITH_TAPE_NOBODY;
    return UINT32_MAX;
}

/** The same for who must be somebody. */
static uint32_t handle_of_somebody(player *p, uint32_t number)
{
    p->code.bad |= number == KITH_TAPE_NOBODY;
    return handle_of(p, number);
}

static kith_code play_space(player *p, kith_err *err)
{
    p->has_space = true;
    return p->reading ? kith_reading_space(p->reading, &p->space, err) : KITH_OK;
}

static kith_code play_mention(player *p, kith_err *err)
{
    kith_mention mention = {.id = NULL};

    kith_tape_code_mention(&p->code, &mention);
    p->code.bad |= mention.space != KITH_NO_SPACE && !p->has_space;
    p->code.bad |= p->n_mentions >= UINT32_MAX - KITH_TAPE_MENTIONS;
    p->n_mentions++;
    if (!p->reading)
        return KITH_OK;
    if (!kith_grow((void **)&p->handles, &p->capacity, p->n_mentions, sizeof *p->handles))
        return kith_fail_memory(err, "the people of a file");
    mention.source = p->reading->source;
    if (mention.space != KITH_NO_SPACE)
        mention.space = p->space;
    return p->reading->sink->mention(p->reading->sink->ctx, &mention, &p->handles[p->n_mentions - 1], err);
}

static void get_relation(player *p, kith_relation *relation)
{
    kith_tape_code_relation(&p->code, relation);
    relation->a = handle_of(p, relation->a);
    relation->b = handle_of(p, relation->b);
}

static bool is_nobody(uint32_t handle)
{
    return handle == UINT32_MAX;
}

static kith_code play_relation(player *p, kith_err *err)
{
    kith_relation relation = {0};

    get_relation(p, &relation);
    p->code.bad |= is_nobody(relation.a) || is_nobody(relation.b);
    return p->reading ? kith_reading_relation(p->reading, relation, err) : KITH_OK;
}

static kith_code play_pairing(player *p, kith_err *err)
{
    kith_pairing pairing = {0};

    kith_tape_code_pairing(&p->code, &pairing);
    pairing.mentor = handle_of_somebody(p, pairing.mentor);
    pairing.mentee = handle_of_somebody(p, pairing.mentee);
    if (!p->reading)
        return KITH_OK;
    pairing.source = p->reading->source;
    return p->reading->sink->pairing(p->reading->sink->ctx, &pairing, err);
}

static kith_code play_tenure(player *p, kith_err *err)
{
    kith_tenure tenure = {0};

    kith_tape_code_tenure(&p->code, &tenure);
    tenure.mention = handle_of_somebody(p, tenure.mention);
    if (!p->reading)
        return KITH_OK;
    tenure.source = p->reading->source;
    return p->reading->sink->tenure(p->reading->sink->ctx, &tenure, err);
}

static kith_code play_reject(player *p, kith_err *err)
{
    uint64_t line = 0;
    const char *reason = "", *columns = "";

    kith_tape_code_number(&p->code, &line, UINT64_MAX);
    kith_tape_code_text(&p->code, &reason);
    kith_tape_code_text(&p->code, &columns);
    p->n_rejects++;
    return p->reading ? p->reading->sink->reject(p->reading->sink->ctx, p->reading->source, line, reason,
                                                 columns, err)
                      : KITH_OK;
}

static kith_code play_notice(player *p, kith_err *err)
{
    const char *text = "";

    (void)err;
    kith_tape_code_text(&p->code, &text);
    if (p->reading && p->reading->opts->notice)
        p->reading->opts->notice(p->reading->opts->notice_ctx, text);
    return KITH_OK;
}

/** Puts what is said of one person on the card of the reading. */
static void get_card(player *p)
{
    const kith_attr *attrs = NULL;
    size_t n = 0;

    kith_tape_code_attrs(&p->code, &attrs, &n);
    if (!p->reading)
        return;
    kith_card_clear(&p->reading->card);
    for (size_t i = 0; i < n; i++)
        kith_card_add(&p->reading->card, attrs[i].field, attrs[i].value);
}

static kith_code play_contact(player *p, kith_err *err)
{
    const char *name = "";
    uint32_t number = 0;

    kith_tape_code_text(&p->code, &name);
    kith_tape_code_u32(&p->code, &number);
    uint32_t mention = handle_of_somebody(p, number);
    if (!p->reading)
        return KITH_OK;
    kith_card_clear(&p->reading->card);
    kith_card_add(&p->reading->card, KITH_FIELD_NAME, name);
    return kith_reading_contact(p->reading, mention, err);
}

static kith_code play_member(player *p, kith_err *err)
{
    get_card(p);
    return p->reading ? kith_reading_member(p->reading, err) : KITH_OK;
}

static kith_code play_listed(player *p, kith_err *err)
{
    kith_relation listed = {0};

    get_relation(p, &listed);
    get_card(p);
    p->code.bad |= is_nobody(listed.a) || !is_nobody(listed.b);
    return p->reading ? kith_reading_list(p->reading, listed, err) : KITH_OK;
}

static kith_code play_said(player *p, kith_err *err)
{
    kith_relation said = {0};
    bool to_contacts = false;

    kith_tape_code_bool(&p->code, &to_contacts);
    get_relation(p, &said);
    get_card(p);
    p->code.bad |= is_nobody(said.a) == is_nobody(said.b);
    return p->reading ? kith_reading_say(p->reading, said, to_contacts, err) : KITH_OK;
}

static kith_code play_writer(player *p, kith_err *err)
{
    const char *name = "", *url = "";

    kith_tape_code_text(&p->code, &name);
    kith_tape_code_text(&p->code, &url);
    return p->reading ? kith_reading_meet_writer(p->reading, name, url, err) : KITH_OK;
}

static kith_code play_dates(player *p, kith_err *err)
{
    uint64_t at = 0, order = 0;

    kith_tape_code_number(&p->code, &at, SIZE_MAX);
    kith_tape_code_number(&p->code, &order, KITH_DATE_MDY);
    if (!p->reading || !p->dates)
        return KITH_OK;
    return kith_date_columns_add(p->dates,
                                 (kith_date_column){.at = (size_t)at, .order = (kith_date_order)order}, err);
}

static kith_code play_end(player *p, kith_err *err)
{
    kith_source_end end = {.columns = ""};

    kith_tape_code_end(&p->code, &end);
    p->ended = true;
    p->code.bad |= p->code.at != p->code.end || end.rejected != p->n_rejects;
    if (!p->reading)
        return KITH_OK;
    kith_dynbuf_clear(&p->reading->fields);
    kith_dynbuf_text(&p->reading->fields, end.columns);
    end.columns = NULL;
    end.owner = p->reading->end.owner;
    p->reading->end = end;
    return kith_dynbuf_check(&p->reading->fields, "the columns of a table", err);
}

static kith_code play_all(player *p, kith_err *err)
{
    static kith_code (*const plays[KITH_TAPE_EVENTS])(player *, kith_err *) = {
        [KITH_TAPE_END] = play_end,         [KITH_TAPE_SPACE] = play_space,
        [KITH_TAPE_MENTION] = play_mention, [KITH_TAPE_RELATION] = play_relation,
        [KITH_TAPE_PAIRING] = play_pairing, [KITH_TAPE_TENURE] = play_tenure,
        [KITH_TAPE_REJECT] = play_reject,   [KITH_TAPE_NOTICE] = play_notice,
        [KITH_TAPE_CONTACT] = play_contact, [KITH_TAPE_MEMBER] = play_member,
        [KITH_TAPE_LISTED] = play_listed,   [KITH_TAPE_SAID] = play_said,
        [KITH_TAPE_WRITER] = play_writer,   [KITH_TAPE_DATES] = play_dates,
    };
    kith_code rc = KITH_OK;

    while (rc == KITH_OK && !p->ended && !p->code.bad) {
        uint64_t event = 0;
        kith_tape_code_number(&p->code, &event, KITH_TAPE_EVENTS - 1);
        if (!p->code.bad)
            rc = plays[event](p, err);
    }
    kith_free(p->code.attrs);
    kith_free(p->handles);
    return rc;
}

bool kith_tape_check(const char *bytes, size_t length, const kith_reading *reading)
{
    player p = {.code = {.at = bytes, .end = bytes + length}, .has_owner = reading->owner != UINT32_MAX};

    return play_all(&p, NULL) == KITH_OK && p.ended && !p.code.bad;
}

kith_code kith_tape_play(const char *bytes, size_t length, kith_reading *reading, kith_date_columns *dates,
                         kith_err *err)
{
    player p = {.code = {.at = bytes, .end = bytes + length},
                .reading = reading,
                .dates = dates,
                .has_owner = reading->owner != UINT32_MAX};
    kith_code rc = play_all(&p, err);

    return rc == KITH_OK && p.code.bad ? kith_fail_memory(err, "what is known of a file") : rc;
}
