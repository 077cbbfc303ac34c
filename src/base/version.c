#include "base/version.h"

#include <kith/process.h>

const char *kith_version(void)
{
    return KITH_VERSION;
}
