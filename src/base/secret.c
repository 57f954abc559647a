#include "base/secret.h"
#include "base/error.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_BYTES 32
#define TOKEN_BYTES 32
#define DIGEST_BYTES 32
#define OPS_LIMIT 2
#define MEM_LIMIT ((gsize) 64 * 1024 * 1024)
#define HASHES_AT_ONCE 2

G_STATIC_ASSERT(KEY_BYTES == crypto_secretbox_KEYBYTES);

/* Hashes of random passwords that nobody kept, with the two sets of costs below. An unknown user is
 * checked against one of them, so that the answer takes as long as for a known one. */
static const char dummy_hash[] = "$argon2id$v=19$m=65536,t=2,p=1$F2l9QrGRCfr99eXWvSeSfQ"
                                 "$vKM09EDZhhZUB9UAnVROuwlVZai7DzK7eKRohGmSVO4";
static const char dummy_hash_fast[] = "$argon2id$v=19$m=8,t=1,p=1$GLDCyKUuDmMmWKDS0g22hw"
                                      "$mMrsU65bbiTuwjJ0M1ZDzOZjT7TKPv4v549cr3oO89g";

static unsigned long long ops_limit = OPS_LIMIT;
static gsize mem_limit = MEM_LIMIT;
static gboolean fast;

static GMutex lock;
static GCond freed;
static int running;

void
secret_init(void)
{
    if (sodium_init() < 0)
        g_error("libsodium cannot be initialised");
}

static void
enter(void)
{
    g_mutex_lock(&lock);
    while (running == HASHES_AT_ONCE)
        g_cond_wait(&freed, &lock);
    running++;
    g_mutex_unlock(&lock);
}

static void
leave(void)
{
    g_mutex_lock(&lock);
    running--;
    g_cond_signal(&freed);
    g_mutex_unlock(&lock);
}

char *
secret_password_hash(const char *password)
{
    g_return_val_if_fail(password, NULL);
    char *hash = g_malloc(crypto_pwhash_STRBYTES);
    enter();
    int failed = crypto_pwhash_str_alg(hash, password, strlen(password), ops_limit, mem_limit,
                                       crypto_pwhash_ALG_ARGON2ID13);
    leave();
    if (failed)
        g_error("no memory for a password hash"); /* as g_malloc does */
    return hash;
}

gboolean
secret_password_verify(const char *hash, const char *password)
{
    g_return_val_if_fail(password, FALSE);
    const char *against = hash ? hash : fast ? dummy_hash_fast : dummy_hash;
    enter();
    int failed = crypto_pwhash_str_verify(against, password, strlen(password));
    leave();
    return hash && !failed;
}

void
secret_password_fast_for_tests(void)
{
    ops_limit = crypto_pwhash_OPSLIMIT_MIN;
    mem_limit = crypto_pwhash_MEMLIMIT_MIN;
    fast = TRUE;
}

char *
secret_token_new(void)
{
    guint8 bytes[TOKEN_BYTES];
    gsize size = sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *token = g_malloc(size);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(token, size, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return token;
}

char *
secret_digest(const void *data, gsize len)
{
    guint8 digest[DIGEST_BYTES];
    crypto_generichash(digest, sizeof digest, data, len, NULL, 0);
    char *hex = g_malloc(2 * sizeof digest + 1);
    return sodium_bin2hex(hex, 2 * sizeof digest + 1, digest, sizeof digest);
}

char *
secret_digest_text(const char *text)
{
    return secret_digest(text, strlen(text));
}

gboolean
secret_equal(const char *a, const char *b)
{
    if (!a || !b)
        return FALSE;
    gsize len = strlen(a);
    return strlen(b) == len && sodium_memcmp(a, b, len) == 0;
}

/* Nonce and box together, as base64: sealing one text twice gives two different results. */
char *
secret_seal(const guint8 key[32], const char *plain)
{
    gsize len = strlen(plain);
    gsize size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + len;
    g_autofree guint8 *box = g_malloc(size);
    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const guint8 *) plain, len, box, key);
    gsize text_size = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    char *text = g_malloc(text_size);
    return sodium_bin2base64(text, text_size, box, size, sodium_base64_VARIANT_ORIGINAL);
}

char *
secret_open(const guint8 key[32], const char *sealed)
{
    if (!sealed)
        return NULL;
    gsize length = strlen(sealed);
    g_autofree guint8 *box = g_malloc(length + 1);
    gsize size = 0;
    const gsize overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sodium_base642bin(box, length + 1, sealed, length, NULL, &size, NULL,
                          sodium_base64_VARIANT_ORIGINAL)
            != 0
        || size < overhead)
        return NULL;
    g_autofree char *plain = g_malloc(size - overhead + 1);
    if (crypto_secretbox_open_easy((guint8 *) plain, box + crypto_secretbox_NONCEBYTES,
                                   size - crypto_secretbox_NONCEBYTES, box, key)
        != 0)
        return NULL;
    plain[size - overhead] = '\0';
    return g_steal_pointer(&plain);
}

static gboolean
key_error(GError **error, const char *path, const char *reason)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "secret.key", "密钥文件 %s 无法使用：%s",
                         "key file %s cannot be used: %s", path, reason);
}

/* Writes a new key beside @path and links it in, so that @path is absent or whole at every
 * moment and of two programs that start together one wins. */
static gboolean
make_key(const char *path, GError **error)
{
    g_autofree char *temporary = g_strdup_printf("%s.%d.new", path, (int) getpid());
    guint8 key[KEY_BYTES];
    randombytes_buf(key, sizeof key);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return key_error(error, path, g_strerror(errno));
    gboolean ok = write(fd, key, sizeof key) == (gssize) sizeof key && fsync(fd) == 0;
    int reason = errno;
    sodium_memzero(key, sizeof key);
    close(fd);
    if (ok && link(temporary, path) != 0 && errno != EEXIST) {
        reason = errno;
        ok = FALSE;
    }
    unlink(temporary);
    return ok || key_error(error, path, g_strerror(reason));
}

/* Without this a crash right after the start could lose the name of the new key, and with it every
 * sealed column written since. */
static void
sync_folder_of(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fsync(fd) != 0)
        log_line(LOG_WARN, "folder of the key file: %s", g_strerror(errno));
    close(fd);
}

gboolean
secret_key_load(const char *path, guint8 key[32], GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        if (!make_key(path, error))
            return FALSE;
        sync_folder_of(path);
        fd = open(path, O_RDONLY | O_CLOEXEC);
    }
    if (fd < 0)
        return key_error(error, path, g_strerror(errno));
    struct stat info;
    guint8 bytes[KEY_BYTES + 1]; /* one more, to notice a file that is too long */
    gssize n = fstat(fd, &info) == 0 ? read(fd, bytes, sizeof bytes) : -1;
    close(fd);
    if (n == KEY_BYTES) {
        memcpy(key, bytes, KEY_BYTES);
        if (info.st_mode & 077)
            log_line(LOG_WARN, "key file %s can be read by others than its owner", path);
    }
    sodium_memzero(bytes, sizeof bytes);
    return n == KEY_BYTES || key_error(error, path, "it does not hold 32 bytes");
}
