#include "base/failpoint.h"
#include <sys/wait.h>
#include <unistd.h>

static void
arm(const char *kill, const char *fail, const char *count)
{
    const char *const names[] = { "LANTING_FAILPOINT", "LANTING_FAILPOINT_ERROR",
                                  "LANTING_FAILPOINT_COUNT" };
    const char *const values[] = { kill, fail, count };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (values[i])
            g_setenv(names[i], values[i], TRUE);
        else
            g_unsetenv(names[i]);
    }
    failpoint_init();
}

static void
test_unarmed(void)
{
    arm(NULL, NULL, NULL);
    g_assert_false(FAILPOINT("db.before_commit"));
    g_assert_cmpuint(failpoint_passes(), ==, 0);
    arm(NULL, NULL, "1");
    g_assert_false(FAILPOINT("db.before_commit"));
    g_assert_false(FAILPOINT("db.after_commit"));
    g_assert_cmpuint(failpoint_passes(), ==, 2);
}

static void
test_error(void)
{
    arm(NULL, "db.before_commit:2", NULL);
    g_assert_false(FAILPOINT("db.after_commit"));
    g_assert_false(FAILPOINT("db.before_commit"));
    g_assert_true(FAILPOINT("db.before_commit"));
    g_assert_false(FAILPOINT("db.before_commit"));
    arm(NULL, "db.before_commit", NULL);
    g_assert_true(FAILPOINT("db.before_commit"));
    arm(NULL, "*:3", NULL);
    g_assert_false(FAILPOINT("a"));
    g_assert_false(FAILPOINT("b"));
    g_assert_true(FAILPOINT("c"));
}

/* Forks, passes "a" twice and "b" once, and returns the exit status. */
static int
status_when_armed(const char *kill)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        arm(kill, NULL, NULL);
        (void) FAILPOINT("a");
        (void) FAILPOINT("a");
        (void) FAILPOINT("b");
        _exit(0);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
test_kill(void)
{
    g_assert_cmpint(status_when_armed("a:2"), ==, 97);
    g_assert_cmpint(status_when_armed("a:3"), ==, 0);
    g_assert_cmpint(status_when_armed("b"), ==, 97);
    g_assert_cmpint(status_when_armed("c"), ==, 0);
    g_assert_cmpint(status_when_armed("*:3"), ==, 97);
}

static void
test_refused(void)
{
    if (g_test_subprocess()) {
        arm("a:zero", NULL, NULL);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*LANTING_FAILPOINT=a:zero is not name*");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/failpoint/unarmed-it-does-nothing", test_unarmed);
    g_test_add_func("/failpoint/the-nth-pass-fails-once", test_error);
    g_test_add_func("/failpoint/the-nth-pass-kills-with-status-97", test_kill);
    g_test_add_func("/failpoint/a-setting-without-sense-ends-the-program", test_refused);
    return g_test_run();
}
