#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static kith_code fail_late(const kith_late *late, kith_err *err)
{
    const char *why = dlerror();

    return kith_fail(err, KITH_EIO, "%s is needed for this and cannot be loaded: %s", late->library,
                     why ? why : "it lacks something");
}

/** The last address is filled in last: where it is known, all are. */
static kith_code load(const kith_late *late, kith_err *err)
{
    const size_t address_bytes = sizeof(void *);
    char *addresses = late->addresses;
    void *address;

    memcpy(&address, addresses + (late->count - 1) * address_bytes, address_bytes);
    if (address)
        return KITH_OK;
    void *library = dlopen(late->library, RTLD_LAZY | RTLD_LOCAL);
    for (size_t i = 0; library && i < late->count; i++) {
        if (!(address = dlsym(library, late->names[i])))
            return fail_late(late, err);
        memcpy(addresses + i * address_bytes, &address, address_bytes);
    }
    return library ? KITH_OK : fail_late(late, err);
}

kith_code kith_late_load(const kith_late *late, kith_err *err)
{
    (void)pthread_mutex_lock(&one_at_a_time);
    kith_code rc = load(late, err);
    (void)pthread_mutex_unlock(&one_at_a_time);
    return rc;
}
