/* LinkedIn addresses and emails in canonical form. */
#include <criterion/criterion.h>

#include "each_failure.h"
#include "people/people.h"

static void expect_slug(const char *url, const char *slug)
{
    kith_dynbuf out = {0};
    bool found = kith_slug_of_url(url, &out);

    cr_expect_eq(found, slug != NULL, "%s", url);
    cr_expect_str_eq(kith_dynbuf_cstr(&out), slug ? slug : "", "%s", url);
    kith_dynbuf_free(&out);
}

Test(slug, one_person_however_written)
{
    expect_slug("https://www.linkedin.com/in/ann-lee-4f21", "ann-lee-4f21");
    expect_slug("http://linkedin.com/in/ann-lee-4f21/", "ann-lee-4f21");
    expect_slug("www.linkedin.com/in/ann-lee-4f21", "ann-lee-4f21");
    expect_slug("linkedin.com/in/Ann-Lee-4F21", "ann-lee-4f21");
    expect_slug("HTTPS://DE.LinkedIn.com/IN/ann-lee-4f21/", "ann-lee-4f21");
    expect_slug("https://uk.linkedin.com/in/ann-lee-4f21/en", "ann-lee-4f21");
    expect_slug("https://uk.linkedin.com/in/ann-lee-4f21/de-de/", "ann-lee-4f21");
    expect_slug("https://www.linkedin.com/in/ann-lee-4f21?trk=x&y=/in/z", "ann-lee-4f21");
    expect_slug("https://www.linkedin.com/in/ann-lee-4f21/#about", "ann-lee-4f21");
    expect_slug("https://www.linkedin.com:443/in/ann-lee-4f21", "ann-lee-4f21");
    expect_slug("  //www.linkedin.com//in//ann-lee-4f21//  ", "ann-lee-4f21");
    expect_slug("https://www.linkedin.com/in/ann%2Dlee%2d4f21", "ann-lee-4f21");
}

Test(slug, accents_are_composed_and_lower_case)
{
    expect_slug("https://fr.linkedin.com/in/%C3%89lo%C3%AFse-roux", "éloïse-roux");
    expect_slug("https://fr.linkedin.com/in/Éloïse-Roux", "éloïse-roux");
    expect_slug("https://fr.linkedin.com/in/E\xCC\x81loi\xCC\x88se-roux", "éloïse-roux");
    expect_slug("linkedin.com/in/%E6%9D%8E%E5%A8%9C", "李娜");
}

Test(slug, what_is_no_profile)
{
    expect_slug("", NULL);
    expect_slug("ann-lee", NULL);
    expect_slug("https://www.linkedin.com/", NULL);
    expect_slug("https://www.linkedin.com/in/", NULL);
    expect_slug("https://www.linkedin.com/company/acme", NULL);
    expect_slug("https://www.linkedin.com/pub/ann-lee/1/2/3", NULL);
    expect_slug("https://notlinkedin.com/in/ann-lee", NULL);
    expect_slug("https://linkedin.com.example.org/in/ann-lee", NULL);
    expect_slug("https://linkedin.com@example.org/in/ann-lee", NULL);
    expect_slug("https://example.org/linkedin.com/in/ann-lee", NULL);
    expect_slug("ftp://www.linkedin.com/in/ann-lee", NULL);
}

Test(slug, what_tries_to_get_out)
{
    expect_slug("https://www.linkedin.com/in/..", NULL);
    expect_slug("https://www.linkedin.com/in/.", NULL);
    expect_slug("https://www.linkedin.com/in/%2e%2e/feed", NULL);
    expect_slug("https://www.linkedin.com/in/ann-lee/../bob-ray", NULL);
    expect_slug("https://www.linkedin.com/in/../in/ann-lee", NULL);
    expect_slug("https://www.linkedin.com/in/ann%2F..%2Fbob", NULL);
    expect_slug("https://www.linkedin.com/in/ann%00lee", NULL);
    expect_slug("https://www.linkedin.com/in/ann%0Alee", NULL);
    expect_slug("https://www.linkedin.com/in/ann%20lee", NULL);
    expect_slug("https://www.linkedin.com/in/ann%zz", NULL);
    expect_slug("https://www.linkedin.com/in/ann%2", NULL);
    expect_slug("https://www.linkedin.com/in/ann%C3", NULL);
    expect_slug("https://www.linkedin.com/in/ann%252Flee", NULL);
}

Test(slug, is_appended)
{
    kith_dynbuf out = {0};

    kith_dynbuf_text(&out, "x/");
    cr_expect_not(kith_slug_of_url("https://example.org", &out));
    cr_expect_str_eq(out.data, "x/");
    cr_expect(kith_slug_of_url("linkedin.com/in/ann", &out));
    cr_expect_str_eq(out.data, "x/ann");
    kith_dynbuf_free(&out);
}

static void expect_email(const char *text, const char *email)
{
    kith_dynbuf out = {0};
    bool found = kith_email_of_text(text, &out);

    cr_expect_eq(found, email != NULL, "%s", text);
    cr_expect_str_eq(kith_dynbuf_cstr(&out), email ? email : "", "%s", text);
    kith_dynbuf_free(&out);
}

Test(email, canonical_form)
{
    expect_email("ann@example.org", "ann@example.org");
    expect_email("  Ann.Lee@Example.ORG ", "ann.lee@example.org");
    expect_email("mailto:Ann@example.org", "ann@example.org");
    expect_email("MAILTO:Ann@example.org?subject=hello", "ann@example.org");
    expect_email("ÉLOÏSE@example.org", "éloïse@example.org");
    expect_email("a+b@example.org", "a+b@example.org");
}

Test(email, what_is_none)
{
    expect_email("", NULL);
    expect_email("ann", NULL);
    expect_email("@example.org", NULL);
    expect_email("ann@", NULL);
    expect_email("mailto:", NULL);
    expect_email("ann@b@c", NULL);
    expect_email("ann lee@example.org", NULL);
}

static kith_code find_slug(void *ctx, kith_err *err)
{
    kith_dynbuf out = {0};

    (void)ctx;
    (void)kith_slug_of_url("https://fr.linkedin.com/in/%C3%89lo%C3%AFse-roux/fr", &out);
    (void)kith_email_of_text("mailto:Ann@example.org", &out);
    kith_code rc = kith_dynbuf_check(&out, "a slug", err);
    kith_dynbuf_free(&out);
    return rc;
}

Test(slug, every_failed_allocation)
{
    cr_expect_gt(each_failure(find_slug, NULL), 2);
}
