#include "base/failpoint.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_KILLED 97
#define NAME_SIZE 64

typedef struct {
    char name[NAME_SIZE]; /* "" when not armed, "*" for every failpoint */
    guint64 nth;          /* fires at this pass, counted from 1 */
    _Atomic guint64 passes;
} Arm;

static gboolean active; /* written by failpoint_init() before threads start */
static Arm killing;
static Arm failing;
static _Atomic guint64 all_passes;

/* Reads "name" or "name:n". A setting that makes no sense ends the program: a test that believes it
 * has armed something must not pass by accident. */
static void
arm(Arm *a, const char *variable)
{
    memset(a->name, 0, sizeof a->name);
    a->nth = 1;
    atomic_store(&a->passes, 0);
    const char *text = g_getenv(variable);
    if (!text || !*text)
        return;
    const char *colon = strrchr(text, ':');
    gsize length = colon ? (gsize) (colon - text) : strlen(text);
    if (length == 0 || length >= NAME_SIZE
        || (colon && !g_ascii_string_to_unsigned(colon + 1, 10, 1, G_MAXINT64, &a->nth, NULL)))
        g_error("%s=%s is not name[:n]", variable, text);
    memcpy(a->name, text, length);
    active = TRUE;
}

void
failpoint_init(void)
{
    active = g_getenv("LANTING_FAILPOINT_COUNT") != NULL;
    atomic_store(&all_passes, 0);
    arm(&killing, "LANTING_FAILPOINT");
    arm(&failing, "LANTING_FAILPOINT_ERROR");
}

static gboolean
fires(Arm *a, const char *name)
{
    if (!a->name[0] || (strcmp(a->name, "*") != 0 && strcmp(a->name, name) != 0))
        return FALSE;
    return atomic_fetch_add(&a->passes, 1) + 1 == a->nth;
}

gboolean
failpoint_hit(const char *name)
{
    if (G_LIKELY(!active))
        return FALSE;
    atomic_fetch_add(&all_passes, 1);
    if (fires(&killing, name))
        _exit(EXIT_KILLED); /* no destructors, no flush: as if the power had gone */
    return fires(&failing, name);
}

guint64
failpoint_passes(void)
{
    return atomic_load(&all_passes);
}
