#include "base/error.h"
#include "base/secret.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_password(void)
{
    g_autofree char *hash = secret_password_hash("correct horse 电池");
    g_autofree char *again = secret_password_hash("correct horse 电池");
    g_assert_true(g_str_has_prefix(hash, "$argon2id$"));
    g_assert_cmpstr(hash, !=, again);
    g_assert_true(secret_password_verify(hash, "correct horse 电池"));
    g_assert_false(secret_password_verify(hash, "correct horse"));
    g_assert_false(secret_password_verify(hash, ""));
    g_assert_false(secret_password_verify(NULL, "correct horse 电池"));
    g_assert_false(secret_password_verify("", "x"));
    g_assert_false(secret_password_verify("not a hash", "x"));
}

/* The real costs, once: the hash names them, and an unknown user costs as much as a known one. */
static void
test_full_costs(void)
{
    g_autofree char *hash = secret_password_hash("a");
    g_assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
    gint64 start = g_get_monotonic_time();
    g_assert_false(secret_password_verify(hash, "b"));
    gint64 known = g_get_monotonic_time() - start;
    start = g_get_monotonic_time();
    g_assert_false(secret_password_verify(NULL, "b"));
    gint64 unknown = g_get_monotonic_time() - start;
    g_assert_cmpint(unknown, >, known / 5);
    g_assert_cmpint(known, >, unknown / 5);
    secret_password_fast_for_tests(); /* for all tests that follow */
}

static gpointer
hash_some(gpointer data)
{
    for (int i = 0; i < 10; i++) {
        g_autofree char *hash = secret_password_hash(data);
        g_assert_true(secret_password_verify(hash, data));
    }
    return NULL;
}

static void
test_many_at_once(void)
{
    GThread *threads[8];
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("hash", hash_some, (gpointer) "pw");
    for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
}

static void
test_token(void)
{
    g_autofree char *a = secret_token_new();
    g_autofree char *b = secret_token_new();
    g_assert_cmpuint(strlen(a), ==, 43);
    g_assert_cmpuint(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     ==, 43);
    g_assert_cmpstr(a, !=, b);
}

static void
test_digest(void)
{
    /* BLAKE2b-256 of "" and "abc": RFC 7693's function with a 32 byte result. */
    g_autofree char *empty = secret_digest("", 0);
    g_assert_cmpstr(empty, ==, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    g_autofree char *abc = secret_digest_text("abc");
    g_assert_cmpstr(abc, ==, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    g_assert_true(
        secret_equal(abc, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
    g_assert_false(secret_equal(abc, empty));
    g_assert_false(secret_equal(abc, "bddd"));
    g_assert_false(secret_equal(NULL, NULL));
}

static void
test_seal(void)
{
    const guint8 key[32] = { 1, 2, 3 };
    const guint8 other[32] = { 3, 2, 1 };
    g_autofree char *sealed = secret_seal(key, "11010519491231002X 张");
    g_autofree char *again = secret_seal(key, "11010519491231002X 张");
    g_assert_cmpstr(sealed, !=, again);
    g_autofree char *opened = secret_open(key, sealed);
    g_assert_cmpstr(opened, ==, "11010519491231002X 张");
    g_assert_null(secret_open(other, sealed));
    g_assert_null(secret_open(key, NULL));
    g_assert_null(secret_open(key, ""));
    g_assert_null(secret_open(key, "***"));
    g_assert_null(secret_open(key, "AAAA"));
    for (gsize i = 0; sealed[i] && sealed[i] != '='; i++) { /* each forged character is noticed */
        g_autofree char *forged = g_strdup(sealed);
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        g_assert_null(secret_open(key, forged));
    }
    g_autofree char *nothing = secret_seal(key, "");
    g_autofree char *opened_nothing = secret_open(key, nothing);
    g_assert_cmpstr(opened_nothing, ==, "");
}

static void
test_key_file(void)
{
    g_autofree char *folder = g_dir_make_tmp("lanting-key-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "key", NULL);
    guint8 key[32] = { 0 };
    guint8 again[32] = { 0 };
    g_autoptr(GError) error = NULL;
    g_assert_true(secret_key_load(path, key, &error));
    g_assert_no_error(error);
    GStatBuf info;
    g_assert_cmpint(g_stat(path, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    g_assert_true(secret_key_load(path, again, &error));
    g_assert_cmpmem(key, 32, again, 32);

    g_assert_true(g_file_set_contents(path, "short", -1, NULL));
    g_assert_false(secret_key_load(path, again, &error));
    g_assert_true(app_error_is(error, APP_ERROR_INTERNAL));
    g_assert_cmpstr(app_error_token(error), ==, "secret.key");
    g_assert_cmpmem(key, 32, again, 32);
    g_clear_error(&error);
    g_autofree char *nowhere = g_build_filename(folder, "no", "such", "folder", NULL);
    g_assert_false(secret_key_load(nowhere, again, &error));
    g_assert_nonnull(error);
    g_unlink(path);
    g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing else was left behind */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    secret_init();
    g_test_add_func("/secret/an-unknown-user-takes-as-long-as-a-known-one", test_full_costs);
    g_test_add_func("/secret/only-the-right-password-fits", test_password);
    g_test_add_func("/secret/eight-threads-share-two-places", test_many_at_once);
    g_test_add_func("/secret/tokens-are-43-characters-and-differ", test_token);
    g_test_add_func("/secret/digests-are-blake2b-256", test_digest);
    g_test_add_func("/secret/a-forged-seal-does-not-open", test_seal);
    g_test_add_func("/secret/the-key-file-is-made-once-and-checked", test_key_file);
    return g_test_run();
}
