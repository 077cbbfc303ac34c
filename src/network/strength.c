/* Strength of a tie: each kind of evidence becomes a factor, the factors become a chance. */
#include "network/strength.h"

#include <math.h>

#include "base/date.h"

#define DAYS_PER_YEAR 365.25

static uint32_t bit_of(kith_evidence kind)
{
    return UINT32_C(1) << kind;
}

/** 2^(-age / half life); what is not dated counts as one half-life old. */
static double decay(const kith_yardstick *with, kith_day date, double half_life_years)
{
    if (date == KITH_NO_DATE || with->as_of == KITH_NO_DATE)
        return 0.5;
    return exp2(-fmax(0, kith_years_between(date, with->as_of)) / half_life_years);
}

static bool is_later(const kith_yardstick *with, kith_day date)
{
    return date != KITH_NO_DATE && with->as_of != KITH_NO_DATE && date > with->as_of;
}

static kith_day earlier_day(kith_day a, kith_day b)
{
    if (a == KITH_NO_DATE || b == KITH_NO_DATE)
        return a == KITH_NO_DATE ? b : a;
    return a < b ? a : b;
}

static kith_day later_day(kith_day a, kith_day b)
{
    return a > b ? a : b; /* KITH_NO_DATE is the least of all */
}

/** Notes that a kind occurs, with its dates; what it counts comes after. */
static kith_gathered_kind *note(kith_gathered *gathered, kith_evidence kind, uint32_t count, kith_day first,
                                kith_day last)
{
    kith_gathered_kind *known = &gathered->kind[kind];

    if (!(gathered->mask & bit_of(kind)))
        *known = (kith_gathered_kind){.first = KITH_NO_DATE, .last = KITH_NO_DATE};
    gathered->mask |= bit_of(kind);
    known->count = count <= UINT32_MAX - known->count ? known->count + count : UINT32_MAX;
    known->first = earlier_day(known->first, earlier_day(first, last));
    known->last = later_day(known->last, later_day(first, last));
    return known;
}

/** Years that two people worked together; negative where not known. */
static double years_together(const kith_yardstick *with, const kith_relation *relation)
{
    kith_day end = relation->end;

    if (with->as_of != KITH_NO_DATE && (end == KITH_NO_DATE || end > with->as_of))
        end = with->as_of;
    if (relation->date == KITH_NO_DATE || end == KITH_NO_DATE)
        return -1;
    return fmax(0, kith_years_between(relation->date, end));
}

static double worked_factor_of_years(const kith_yardstick *with, double years)
{
    return 1 - exp(-years / with->c.worked_scale_years);
}

static double worked_factor(const kith_yardstick *with, const kith_relation *relation)
{
    double years = years_together(with, relation);

    return years < 0 ? with->c.worked_undated : worked_factor_of_years(with, years);
}

static int32_t year_of(kith_day day)
{
    int32_t year;
    uint32_t month, day_of_month;

    kith_day_to_civil(day, &year, &month, &day_of_month);
    return year;
}

/** By class years; nothing where one of them is not known. */
static double studied_factor(kith_day class_a, kith_day class_b)
{
    if (class_a == KITH_NO_DATE || class_b == KITH_NO_DATE)
        return 0;
    return 1 / (1 + fabs((double)year_of(class_a) - (double)year_of(class_b)));
}

/** It runs while it is said to be active, or is not said to have ended. */
static bool runs(const kith_yardstick *with, const kith_pairing *pairing)
{
    if (pairing->status == KITH_MENTORSHIP_UNKNOWN)
        return pairing->end == KITH_NO_DATE || is_later(with, pairing->end);
    return pairing->status == KITH_MENTORSHIP_ACTIVE;
}

/** An end that is not known is no earlier than the last meeting or, failing that, the start. */
static double mentorship_factor(const kith_yardstick *with, const kith_pairing *pairing)
{
    kith_day end = pairing->end;

    if (is_later(with, pairing->start))
        return 0;
    if (runs(with, pairing))
        return 1;
    if (end == KITH_NO_DATE)
        end = later_day(pairing->last_meeting, pairing->start);
    return decay(with, end, with->c.mentorship_half_life_years);
}

/** Strength as the row states it, or NaN. */
static double stated_strength(const kith_yardstick *with, const kith_relation *relation)
{
    if (!isnan(relation->strength))
        return relation->strength;
    if (relation->kind == KITH_EVIDENCE_MESSAGES)
        return NAN; /* there a weight is what each message counts */
    return relation->weight / with->max_weight;
}

static double relation_factor(const kith_yardstick *with, const kith_relation *relation)
{
    const kith_coefficients *c = &with->c;

    switch (relation->kind) {
    case KITH_EVIDENCE_LISTED:
        if (relation->date == KITH_NO_DATE)
            return c->listed_undated;
        return c->listed_least +
               (1 - c->listed_least) * decay(with, relation->date, c->listed_half_life_years);
    case KITH_EVIDENCE_RECOMMENDATION:
        return decay(with, relation->date, c->recommendation_half_life_years);
    case KITH_EVIDENCE_WORKED:
        return worked_factor(with, relation);
    case KITH_EVIDENCE_STUDIED:
        return studied_factor(relation->date, relation->end);
    case KITH_EVIDENCE_MENTORSHIP:
        return mentorship_factor(with, &(kith_pairing){.start = relation->date,
                                                       .end = relation->end,
                                                       .last_meeting = KITH_NO_DATE,
                                                       .status = KITH_MENTORSHIP_UNKNOWN});
    default:
        return 1;
    }
}

/** Interactions that a relation tells of, in halves: of messages each is one, unless it says otherwise. */
static uint64_t halves_of(const kith_relation *relation)
{
    const bool says = relation->halves > 0 || relation->kind != KITH_EVIDENCE_MESSAGES;

    return says ? relation->halves : 2 * (uint64_t)relation->count;
}

static double message_amount(const kith_yardstick *with, const kith_relation *relation)
{
    double each = isnan(relation->weight) ? 1 : relation->weight;
    double half_life_years = with->c.message_half_life_days / DAYS_PER_YEAR;

    return each * ((double)halves_of(relation) / 2) * decay(with, relation->date, half_life_years);
}

/** Adds what a relation counts to its kind. */
static void count_relation(const kith_yardstick *with, const kith_relation *relation, kith_gathered *gathered,
                           kith_gathered_kind *known)
{
    uint32_t side = relation->a < relation->b ? 1 : 2;

    gathered->stated |= side == 1 ? relation->stated : kith_stated_turn(relation->stated);
    switch (relation->kind) {
    case KITH_EVIDENCE_MESSAGES:
        gathered->wrote |= side;
        known->amount += message_amount(with, relation);
        return;
    case KITH_EVIDENCE_ENDORSEMENT:
        known->amount += relation->count;
        return;
    case KITH_EVIDENCE_LISTED:
        gathered->lists |= side;
        break;
    default:
        break;
    }
    known->amount = fmax(known->amount, relation_factor(with, relation));
}

void kith_gather_stated(uint32_t count, kith_gathered *gathered)
{
    kith_gathered_kind *known = note(gathered, KITH_EVIDENCE_STATED_TIE, count, KITH_NO_DATE, KITH_NO_DATE);

    known->amount = fmax(known->amount, 1);
}

void kith_gather_relation(const kith_yardstick *with, const kith_relation *relation, kith_gathered *gathered)
{
    double stated = stated_strength(with, relation);
    bool class_year = relation->kind == KITH_EVIDENCE_STUDIED; /* may well lie ahead */
    bool counts = class_year || !is_later(with, relation->date);

    if (relation->kind == KITH_EVIDENCE_SHARED_CONTACTS)
        return; /* follows from the ties, is not said of one */
    if (relation->kind != KITH_EVIDENCE_STATED_STRENGTH) {
        kith_gathered_kind *known =
            note(gathered, relation->kind, relation->count, relation->date, relation->end);
        known->halves += halves_of(relation);
        if (counts)
            count_relation(with, relation, gathered, known);
    }
    if (counts && !isnan(stated)) {
        kith_gathered_kind *known =
            note(gathered, KITH_EVIDENCE_STATED_STRENGTH, 1, relation->date, relation->date);
        known->amount = fmax(known->amount, fmin(1, stated));
    }
}

void kith_gather_pairing(const kith_yardstick *with, const kith_pairing *pairing, kith_gathered *gathered)
{
    kith_gathered_kind *known = note(gathered, KITH_EVIDENCE_MENTORSHIP, 1, pairing->start,
                                     later_day(pairing->end, pairing->last_meeting));

    known->amount = fmax(known->amount, mentorship_factor(with, pairing));
}

void kith_gather_company(const kith_yardstick *with, kith_gathered *gathered)
{
    kith_gathered_kind *known = note(gathered, KITH_EVIDENCE_WORKED, 1, KITH_NO_DATE, KITH_NO_DATE);

    known->amount = fmax(known->amount, with->c.worked_undated);
}

void kith_gather_worked(const kith_yardstick *with, uint32_t days, kith_day first, kith_day last,
                        kith_gathered *gathered)
{
    kith_gathered_kind *known = note(gathered, KITH_EVIDENCE_WORKED, 1, first, last);

    known->amount = fmax(known->amount, worked_factor_of_years(with, days / DAYS_PER_YEAR));
}

void kith_gather_studied(kith_day class_a, kith_day class_b, kith_gathered *gathered)
{
    kith_gathered_kind *known = note(gathered, KITH_EVIDENCE_STUDIED, 1, class_a, class_b);

    known->amount = fmax(known->amount, studied_factor(class_a, class_b));
}

void kith_gather_shared(uint32_t shared, uint64_t degree_a, uint64_t degree_b, kith_gathered *gathered)
{
    if (shared == 0)
        return;
    kith_gathered_kind *known =
        note(gathered, KITH_EVIDENCE_SHARED_CONTACTS, shared, KITH_NO_DATE, KITH_NO_DATE);
    known->amount = (double)shared / (double)(degree_a + degree_b - shared);
}

bool kith_gathered_makes_tie(const kith_gathered *gathered)
{
    const uint32_t strengthen_only =
        bit_of(KITH_EVIDENCE_WORKED) | bit_of(KITH_EVIDENCE_STUDIED) | bit_of(KITH_EVIDENCE_SHARED_CONTACTS);

    return (gathered->mask & ~strengthen_only) != 0;
}

static double factor_of(const kith_coefficients *c, const kith_gathered *gathered, kith_evidence kind)
{
    double amount = gathered->kind[kind].amount;

    switch (kind) {
    case KITH_EVIDENCE_MESSAGES:
        return (1 - exp(-amount / c->message_scale)) * (gathered->wrote == 3 ? 1 : c->message_one_way);
    case KITH_EVIDENCE_ENDORSEMENT:
        return 1 - exp(-amount / c->endorsement_scale);
    default:
        return amount;
    }
}

/** What the row of a kind counts: of messages and, where it tells of any, of a stated tie interactions, in
 * halves where it must; else rows. */
static void set_count(const kith_gathered_kind *known, kith_evidence_row *row)
{
    uint64_t count = known->count;

    row->in_halves = row->kind == KITH_EVIDENCE_STATED_TIE ? known->halves > 0 : known->halves % 2 > 0;
    if (row->in_halves)
        count = known->halves;
    else if (row->kind == KITH_EVIDENCE_MESSAGES)
        count = known->halves / 2;
    row->count = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

static double contribution(const kith_coefficients *c, const kith_evidence_row *row)
{
    return c->weight[row->kind] * (double)row->factor;
}

/** Puts a row where it belongs among the `count` before it, which stand in order; rows come by kind. */
static void insert_row(const kith_coefficients *c, kith_evidence_row *rows, uint32_t count,
                       kith_evidence_row row)
{
    uint32_t at = count;

    while (at > 0 && contribution(c, &rows[at - 1]) < contribution(c, &row)) {
        rows[at] = rows[at - 1];
        at--;
    }
    rows[at] = row;
}

/** What a row says beyond counts and dates. */
static uint16_t detail_of(const kith_gathered *gathered, kith_evidence kind)
{
    switch (kind) {
    case KITH_EVIDENCE_MESSAGES:
        return gathered->wrote == 3;
    case KITH_EVIDENCE_STATED_RELATION:
        return (uint16_t)(gathered->stated & UINT16_MAX);
    default:
        return 0;
    }
}

uint32_t kith_weigh_evidence(const kith_yardstick *with, kith_gathered *gathered, uint32_t higher,
                             kith_evidence_row *rows)
{
    uint32_t count = 0;

    if (gathered->lists == 3) {
        const kith_gathered_kind *listed = &gathered->kind[KITH_EVIDENCE_LISTED];
        note(gathered, KITH_EVIDENCE_LISTED_BY_BOTH, listed->count, listed->first, listed->last)->amount = 1;
    }
    bool replaced = gathered->mask & bit_of(KITH_EVIDENCE_STATED_STRENGTH);
    for (uint32_t left = gathered->mask; left; left &= left - 1) {
        uint32_t kind = (uint32_t)__builtin_ctz(left);
        const kith_gathered_kind *known = &gathered->kind[kind];
        bool counts = !replaced || kind == KITH_EVIDENCE_STATED_STRENGTH;
        kith_evidence_row row = {.b = higher,
                                 .kind = (uint8_t)kind,
                                 .detail = detail_of(gathered, (kith_evidence)kind),
                                 .first = known->first,
                                 .last = known->last,
                                 .factor = counts ? (float)factor_of(&with->c, gathered, kind) : 0};
        set_count(known, &row);
        insert_row(&with->c, rows, count++, row);
    }
    return count;
}

double kith_weigh_tie(const kith_coefficients *c, const kith_evidence_row *rows, uint32_t count)
{
    double none = 1;

    for (uint32_t i = 0; i < count; i++)
        none *= 1 - contribution(c, &rows[i]);
    return fmin(KITH_MOST_STRENGTH, fmax(KITH_LEAST_STRENGTH, 1 - none));
}

uint16_t kith_cost_of_strength(double strength)
{
    long cost = lround(-1000 * log(strength));

    return (uint16_t)(cost < 1 ? 1 : cost);
}
