/* The words for evidence, strength and mentorships. */
#include <math.h>

#include <kith/evidence.h>
#include <kith/network.h>

const char *kith_evidence_name(kith_evidence kind)
{
    static const char *const names[KITH_EVIDENCE_COUNT] = {
        [KITH_EVIDENCE_LISTED] = "listed",
        [KITH_EVIDENCE_LISTED_BY_BOTH] = "listed by both",
        [KITH_EVIDENCE_MESSAGES] = "messages",
        [KITH_EVIDENCE_RECOMMENDATION] = "recommendation",
        [KITH_EVIDENCE_ENDORSEMENT] = "endorsement",
        [KITH_EVIDENCE_WORKED] = "worked together",
        [KITH_EVIDENCE_STUDIED] = "studied together",
        [KITH_EVIDENCE_MENTORSHIP] = "mentorship",
        [KITH_EVIDENCE_STATED_TIE] = "stated tie",
        [KITH_EVIDENCE_STATED_RELATION] = "stated relation",
        [KITH_EVIDENCE_SHARED_CONTACTS] = "shared contacts",
        [KITH_EVIDENCE_STATED_STRENGTH] = "stated strength",
    };

    return (unsigned)kind < KITH_EVIDENCE_COUNT ? names[kind] : "";
}

uint32_t kith_stated_words(uint32_t mask, const char *words[KITH_STATED_WORDS])
{
    static const char *const all[2 * KITH_STATED_COUNT] = {
        "manager",   "manages", "assistant", "assists", "mentor",  "mentors", "referred by", "referred",
        "colleague", NULL,      "friend",    NULL,      "partner", NULL,      "relative",    NULL,
    };
    uint32_t count = 0;

    for (uint32_t bit = 0; bit < 2 * KITH_STATED_COUNT; bit++)
        if (mask >> bit & 1 && all[bit])
            words[count++] = all[bit];
    return count;
}

double kith_strength_of_cost(uint32_t cost)
{
    return exp(-(double)cost / 1000.0);
}

const char *kith_tier_of_strength(double strength)
{
    if (strength >= 0.5)
        return "strong";
    return strength >= 0.2 ? "medium" : "weak";
}

const char *kith_mentorship_status_name(kith_mentorship_status status)
{
    static const char *const names[] = {[KITH_MENTORSHIP_UNKNOWN] = "",
                                        [KITH_MENTORSHIP_PENDING] = "pending",
                                        [KITH_MENTORSHIP_ACTIVE] = "active",
                                        [KITH_MENTORSHIP_COMPLETED] = "completed",
                                        [KITH_MENTORSHIP_ENDED] = "ended"};

    return (size_t)status < sizeof names / sizeof *names ? names[status] : "";
}
