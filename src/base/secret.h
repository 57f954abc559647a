/* secret.h - everything cryptographic, on libsodium: passwords, tokens, digests, sealed columns. */
#pragma once
#include <glib.h>

/* Once at start. */
void secret_init(void);
/* Argon2id hash of @password. Runs at most two at a time; others wait, so that memory stays
 * bounded. transfer full. */
char *secret_password_hash(const char *password);
/* TRUE if it fits. A NULL @hash verifies against a dummy, so that an unknown user takes as long. */
gboolean secret_password_verify(const char *hash, const char *password);
/* Cheaper hashes for tests and demo logins made in bulk; never in serve. */
void secret_password_fast_for_tests(void);
/* 256 random bits as 43 characters base64url. transfer full. */
char *secret_token_new(void);
/* Lower-case hex of BLAKE2b-256. transfer full. */
char *secret_digest(const void *data, gsize len);
char *secret_digest_text(const char *text);
gboolean secret_equal(const char *a, const char *b);
/* Seal and open confidential columns with the installation's key (32 bytes); base64 text,
 * different at every sealing. open gives NULL if @sealed is forged, damaged or NULL. transfer
 * full. */
char *secret_seal(const guint8 key[32], const char *plain);
char *secret_open(const guint8 key[32], const char *sealed);
/* Key file of 32 random bytes, made with mode 0600 if absent. Fails with INTERNAL "secret.key". */
gboolean secret_key_load(const char *path, guint8 key[32], GError **error);
