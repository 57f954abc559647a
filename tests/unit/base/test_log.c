#include "base/clock.h"
#include "base/log.h"
#include <string.h>

static void
test_child(void)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        g_test_trap_assert_stderr("2026-03-01T12:00:00.000Z INFO  - started on 8080\n"
                                  "2026-03-01T12:00:00.000Z WARN  rq-1 name a\\nERROR forged\\x1b\n"
                                  "2026-03-01T12:00:00.000Z ERROR - last\n");
        return;
    }
    clock_freeze_us(G_GINT64_CONSTANT(1772366400000000));
    log_line(LOG_INFO, "started on %d", 8080);
    log_line(LOG_DEBUG, "below the level");
    log_set_request("rq-1");
    log_line(LOG_WARN, "name %s", "a\nERROR forged\x1b");
    log_set_request(NULL);
    log_set_level(LOG_ERROR);
    log_line(LOG_WARN, "now below the level");
    log_line(LOG_ERROR, "last");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/an-event-is-one-line-that-nobody-can-forge", test_child);
    return g_test_run();
}
