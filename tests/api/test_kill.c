/* The real server is killed while the chain from the first call to the received payment runs over real HTTP: at random
 * moments with SIGKILL, and at the n-th failpoint. Each time it is started again and the last request repeated with the same
 * key. In the end nothing happened twice, nothing is lost, and the database is sound.
 * LANTING_PROGRAM names the program, LANTING_KILLS the number of kills (30). */
#include "support/mall.h"

#include "base/clock.h"
#include "base/ids.h"
#include "db/migrate.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    KILLS = 30,
    UNITS = 6,
    TRIES_MAX = 60,
    READY_MAX_S = 20,
    KILLED_AT_FAILPOINT = 97,
    FAILPOINT_SPAN = 400
};

typedef enum { WAY_SIGNAL, WAY_FAILPOINT } Way;

typedef struct {
    char *dir, *url;
    guint port;
    pid_t pid;
    GRand *rand;
    Way way;
    guint kills, starts;
    gint64 start_us, longest_start_us;
    gboolean armed;     /* the running server has a failpoint armed */
    GHashTable *people; /* login -> Person */
    gint64 units[UNITS];
    gint64 category_id, channel_id;
} Rig;

typedef struct {
    Rig *rig;
    CURL *curl;
    char *sid, *csrf;
    int status;
    GString *body;
    json_t *reply;
} Person;

static char *program;

/* -- the server ------------------------------------------------------------------ */

static guint
free_port(void)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
    } at = { .v4 = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof at.v4;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, &at.any, len) != 0 || getsockname(fd, &at.any, &len) != 0)
        g_error("no port: %s", g_strerror(errno));
    close(fd);
    return ntohs(at.v4.sin_port);
}

static gsize
swallow(char *data, gsize size, gsize n, void *to)
{
    if (to)
        g_string_append_len(to, data, (gssize) (size * n));
    return size * n;
}

static gboolean
is_ready(const Rig *rig)
{
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/readyz", rig->port);
    CURL *curl = curl_easy_init();
    long status = 0;

    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 5000L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, swallow);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, NULL);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    return status == 200;
}

static gboolean
has_ended(Rig *rig)
{
    int status = 0;

    if (waitpid(rig->pid, &status, WNOHANG) != rig->pid)
        return FALSE;
    g_assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == KILLED_AT_FAILPOINT);
    rig->pid = 0;
    return TRUE;
}

/* @failpoint 0: none armed. FALSE if it died at a failpoint while starting. */
static gboolean
start(Rig *rig, guint failpoint)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *listen = g_strdup_printf("127.0.0.1:%u", rig->port);
    g_autofree char *nth = g_strdup_printf("*:%u", failpoint);
    g_auto(GStrv) env = g_get_environ();
    char *argv[] = { program, (char *) "serve", NULL };
    gint64 begin = clock_mono_us();

    env = g_environ_setenv(env, "LANTING_DB", rig->url, TRUE);
    env = g_environ_setenv(env, "LANTING_LISTEN", listen, TRUE);
    env = g_environ_setenv(env, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
    if (failpoint)
        env = g_environ_setenv(env, "LANTING_FAILPOINT", nth, TRUE);
    if (!g_spawn_async(NULL, argv, env,
                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                           | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, &rig->pid, &error))
        g_error("%s: %s", program, error->message);
    rig->armed = failpoint > 0;
    while (!is_ready(rig)) {
        if (rig->armed && has_ended(rig))
            return FALSE;
        g_assert_cmpint(clock_mono_us() - begin, <, READY_MAX_S * G_USEC_PER_SEC);
        g_usleep(2000);
    }
    gint64 took = clock_mono_us() - begin;
    rig->starts++;
    rig->start_us += took;
    rig->longest_start_us = MAX(rig->longest_start_us, took);
    return TRUE;
}

/* Brings the server back after it died; every other time with the next failpoint armed. */
static void
start_again(Rig *rig, gboolean arm)
{
    int status = 0;

    if (rig->pid && waitpid(rig->pid, &status, 0) == rig->pid)
        g_assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == KILLED_AT_FAILPOINT);
    rig->pid = 0;
    rig->kills++;
    if (!arm || !start(rig, (guint) g_rand_int_range(rig->rand, 1, FAILPOINT_SPAN)))
        g_assert_true(start(rig, 0));
}

static void
stop(Rig *rig)
{
    int status = 0;

    if (!rig->pid)
        return;
    kill(rig->pid, SIGTERM);
    g_assert_cmpint(waitpid(rig->pid, &status, 0), ==, rig->pid);
    rig->pid = 0;
}

/* -- a person at the API --------------------------------------------------------- */

static gsize
take_header(char *data, gsize size, gsize n, void *to)
{
    static const char name[] = "Set-Cookie: sid=";
    Person *p = to;
    gsize len = size * n;

    if (len > sizeof name && g_ascii_strncasecmp(data, name, sizeof name - 1) == 0) {
        g_autofree char *value = g_strndup(data + sizeof name - 1, len - sizeof name + 1);
        g_free(p->sid);
        p->sid = g_strndup(value, strcspn(value, ";\r\n"));
    }
    return len;
}

static struct curl_slist *
headers_of(const Person *p, const char *key)
{
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json");
    g_autofree char *cookie = g_strdup_printf("Cookie: sid=%s", p->sid ? p->sid : "");
    g_autofree char *csrf = g_strdup_printf("X-CSRF-Token: %s", p->csrf ? p->csrf : "");
    g_autofree char *keyed = g_strdup_printf("Idempotency-Key: %s", key ? key : "");

    if (p->sid)
        list = curl_slist_append(list, cookie);
    if (p->csrf)
        list = curl_slist_append(list, csrf);
    if (key)
        list = curl_slist_append(list, keyed);
    return list;
}

/* One request; FALSE if the server died meanwhile. */
static gboolean
try_once(Person *p, const char *path, const char *body, const char *key)
{
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", p->rig->port, path);
    struct curl_slist *headers = headers_of(p, key);
    long status = 0;

    g_string_truncate(p->body, 0);
    curl_easy_reset(p->curl);
    curl_easy_setopt(p->curl, CURLOPT_URL, url);
    curl_easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(p->curl, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(p->curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(p->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(p->curl, CURLOPT_WRITEFUNCTION, swallow);
    curl_easy_setopt(p->curl, CURLOPT_WRITEDATA, p->body);
    curl_easy_setopt(p->curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(p->curl, CURLOPT_HEADERDATA, p);
    if (body) {
        curl_easy_setopt(p->curl, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(p->curl, CURLOPT_POSTFIELDSIZE, (long) strlen(body));
    }
    CURLcode code = curl_easy_perform(p->curl);
    curl_slist_free_all(headers);
    if (code == CURLE_OK)
        curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &status);
    else
        g_test_message("%s: %s", path, curl_easy_strerror(code));
    p->status = (int) status;
    return code == CURLE_OK;
}

typedef struct {
    pid_t pid;
    gulong after_us;
} Murder;

static gpointer
murder(gpointer data)
{
    const Murder *m = data;

    g_usleep(m->after_us);
    kill(m->pid, SIGKILL);
    return NULL;
}

/* Sends until there is an answer, with the same key; the server may be killed while it works on it. */
static json_t *
send_request(Person *p, const char *path, const char *body)
{
    Rig *rig = p->rig;
    g_autofree char *key =
        body ? g_strdup_printf("kill-%" G_GINT64_FORMAT "-%u", id_next(), g_rand_int(rig->rand))
             : NULL;
    gboolean alive = FALSE;

    for (guint i = 0; !alive && i < TRIES_MAX; i++) {
        gboolean doomed = rig->way == WAY_SIGNAL && body && p->csrf && i < 3
                          && g_rand_int_range(rig->rand, 0, 4) == 0;
        Murder m = { rig->pid, (gulong) g_rand_int_range(rig->rand, 0, 12000) };
        GThread *killer = doomed ? g_thread_new("murder", murder, &m) : NULL;
        alive = try_once(p, path, body, key);
        if (killer)
            g_thread_join(killer);
        if (doomed
            || !alive) /* a request that is killed twice by failpoints passes the third time */
            start_again(rig, rig->way == WAY_FAILPOINT && i < 2);
    }
    g_assert_true(alive);
    json_decref(p->reply);
    p->reply = json_loads(p->body->str, 0, NULL);
    return p->reply;
}

static const char *
text_at(const json_t *json, const char *path)
{
    g_auto(GStrv) words = g_strsplit(path, ".", -1);

    for (guint i = 0; words[i] && json; i++)
        json = json_is_array(json)
                   ? json_array_get(json, (gsize) g_ascii_strtoull(words[i], NULL, 10))
                   : json_object_get(json, words[i]);
    return json ? json_string_value(json) : NULL;
}

static Person *
person(Rig *rig, const char *login)
{
    Person *p = g_hash_table_lookup(rig->people, login);

    if (p)
        return p;
    p = g_new0(Person, 1);
    p->rig = rig;
    p->curl = curl_easy_init();
    p->body = g_string_new(NULL);
    g_hash_table_insert(rig->people, g_strdup(login), p);
    g_autofree char *body =
        g_strdup_printf("{\"login\":\"%s\",\"password\":\"%s\"}", login, WORLD_PASSWORD);
    send_request(p, "/api/session", body);
    g_assert_cmpint(p->status, ==, 200);
    p->csrf = g_strdup(text_at(p->reply, "csrf"));
    return p;
}

static void
person_free(gpointer data)
{
    Person *p = data;

    curl_easy_cleanup(p->curl);
    g_string_free(p->body, TRUE);
    json_decref(p->reply);
    g_free(p->sid);
    g_free(p->csrf);
    g_free(p);
}

static char *get(Rig *rig, const char *login, const char *at, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* Text at a place of a GET. transfer full. */
static char *
get(Rig *rig, const char *login, const char *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    Person *p = person(rig, login);

    send_request(p, path, NULL);
    if (p->status != 200)
        g_error("GET %s: %d %s", path, p->status, p->body->str);
    return g_strdup(text_at(p->reply, at));
}

static void post(Rig *rig, const char *login, int status, const char *body, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
static void
post(Rig *rig, const char *login, int status, const char *body, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *path = g_strdup_vprintf(format, args);
    va_end(args);
    Person *p = person(rig, login);

    send_request(p, path, body ? body : "{}");
    if (status && p->status != status)
        g_error("POST %s: expected %d, got %d %s", path, status, p->status, p->body->str);
}

/* -- the chain ------------------------------------------------------------------- */

static void
approve(Rig *rig, const char *entity, const char *id)
{
    static const char *const people[] = { "lm", "finance", "director", "gm" };

    for (guint round = 0; round < 4; round++) {
        for (guint i = 0; i < G_N_ELEMENTS(people); i++) {
            g_autofree char *state =
                get(rig, "gm", "items.0.state", "/api/%s/%s/approvals", entity, id);
            if (g_strcmp0(state, "running") != 0)
                return;
            g_autofree char *approval = g_strdup(text_at(person(rig, "gm")->reply, "items.0.id"));
            post(rig, people[i], 0, "{\"opinion\":\"同意\"}", "/api/approval/%s/agree", approval);
        }
    }
}

/* A call; the id of its lead. */
static char *
register_call(Rig *rig, guint n)
{
    g_autofree char *body =
        g_strdup_printf("{\"kind\":\"call\",\"phone\":\"1380013%04u\",\"name\":\"客户%u\","
                        "\"channel_id\":\"%" G_GINT64_FORMAT
                        "\",\"category_id\":\"%" G_GINT64_FORMAT "\",\"content\":\"想租一间\"}",
                        n, n, rig->channel_id, rig->category_id);

    post(rig, "ls", 201, body, "/api/inquiry");
    g_autofree char *inquiry = g_strdup(text_at(person(rig, "ls")->reply, "id"));
    return get(rig, "ls", "lead_id.id", "/api/inquiry/%s", inquiry);
}

/* The letter of intent on a unit; the id of the lease it becomes. */
static char *
agree_on_unit(Rig *rig, guint n, const char *lead)
{
    Day from = clock_today() + 30;
    g_autofree char *merchant = get(rig, "ls", "merchant_id.id", "/api/lead/%s", lead);
    g_autofree char *first = day_dup(from);
    g_autofree char *last = day_dup(from + 3 * 365);
    g_autofree char *body = g_strdup_printf(
        "{\"lead_id\":\"%s\",\"merchant_id\":\"%s\",\"unit_id\":\"%" G_GINT64_FORMAT
        "\",\"area\":\"100\","
        "\"from_on\":\"%s\",\"to_on\":\"%s\",\"price\":\"200\",\"deposit_kind\":\"earnest\","
        "\"deposit_amount\":\"5000\",\"valid_until_on\":\"%s\",\"cycle_months\":3,\"free_days\":30,"
        "\"fee_price\":\"30\"}",
        lead, merchant, rig->units[n], first, last, first);

    post(rig, "ls", 201, body, "/api/intent");
    g_autofree char *intent = g_strdup(text_at(person(rig, "ls")->reply, "id"));
    post(rig, "ls", 200, NULL, "/api/intent/%s/submit", intent);
    approve(rig, "intent", intent);
    post(rig, "ls", 200, NULL, "/api/intent/%s/sign", intent);
    post(rig, "ls", 200, NULL, "/api/intent/%s/convert", intent);
    return get(rig, "ls", "items.0.id", "/api/lease?intent_id=%s", intent);
}

static void
review_lease(Rig *rig, const char *lease)
{
    static const char *const points[] = { "parties", "unit",    "area",     "dates",
                                          "price",   "clauses", "deposits", "total" };

    post(rig, "ls", 200, NULL, "/api/lease/%s/submit", lease);
    for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
        g_autofree char *body = g_strdup_printf("{\"code\":\"%s\",\"ok\":true}", points[i]);
        post(rig, "lm", 200, body, "/api/lease/%s/check", lease);
    }
    approve(rig, "lease", lease);
}

static void
receive_money(Rig *rig, const char *lease)
{
    g_autofree char *today = day_dup(clock_today());

    post(rig, "lm", 201, NULL, "/api/lease/%s/issue_order", lease);
    g_autofree char *order = g_strdup(text_at(person(rig, "lm")->reply, "id"));
    g_autofree char *part = g_strdup_printf("{\"amount\":\"1000.00\",\"received_on\":\"%s\","
                                            "\"way\":\"bank_transfer\",\"reference\":\"T1-%s\"}",
                                            today, order);
    post(rig, "finance", 200, part, "/api/payment_order/%s/receive", order);
    g_autofree char *open = get(rig, "finance", "open", "/api/payment_order/%s", order);
    g_autofree char *rest = g_strdup_printf("{\"amount\":\"%s\",\"received_on\":\"%s\",\"way\":"
                                            "\"bank_transfer\",\"reference\":\"T2-%s\"}",
                                            open, today, order);
    post(rig, "finance", 200, rest, "/api/payment_order/%s/receive", order);
    g_autofree char *state = get(rig, "finance", "state", "/api/payment_order/%s", order);
    g_assert_cmpstr(state, ==, "received");
    g_autofree char *lease_state = get(rig, "lm", "state", "/api/lease/%s", lease);
    g_assert_cmpstr(lease_state, ==, "effective");
}

static void
run_chain(Rig *rig, guint n)
{
    g_autofree char *lead = register_call(rig, n);
    g_autofree char *lease = agree_on_unit(rig, n, lead);

    review_lease(rig, lease);
    receive_money(rig, lease);
}

static gint64
total_of(Rig *rig, const char *login, const char *list)
{
    Person *p = person(rig, login);
    g_autofree char *path = g_strdup_printf("/api/%s", list);

    send_request(p, path, NULL);
    g_assert_cmpint(p->status, ==, 200);
    return json_integer_value(json_object_get(p->reply, "total"));
}

/* Each chain left exactly its own rows. */
static void
nothing_twice_nothing_lost(Rig *rig, guint chains)
{
    static const struct {
        const char *login, *list;
        gint64 each;
    } found[] = {
        { "lm", "inquiry", 1 },
        { "lm", "lead", 1 },
        { "lm", "merchant", 1 },
        { "lm", "contact", 1 },
        { "lm", "intent?state=converted", 1 },
        { "lm", "lease", 1 },
        { "lm", "lease?state=effective", 1 },
        { "lm", "lease_unit", 1 },
        { "lm", "handover", 1 },
        { "finance", "payment_order?state=received", 1 },
        { "finance", "payment_order", 1 },
        { "finance", "receipt", 2 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(found); i++) {
        gint64 n = total_of(rig, found[i].login, found[i].list);
        if (n != found[i].each * chains)
            g_error("%s: %" G_GINT64_FORMAT " instead of %" G_GINT64_FORMAT, found[i].list, n,
                    found[i].each * chains);
    }
}

static void
check_sound(Rig *rig)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    char *argv[] = { program, (char *) "check", (char *) "--db", rig->url, NULL };
    int status = 0;

    if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status, &error))
        g_error("%s", error->message);
    if (status != 0)
        g_error("lanting check: %s", text);
}

/* -- rig -------------------------------------------------------------------------- */

/* A small centre in a file of its own, that no test process holds open. */
static Rig *
rig_new(Way way)
{
    Rig *rig = g_new0(Rig, 1);
    g_autoptr(GError) error = NULL;
    Mall *mall = mall_new(DIALECT_SQLITE);

    rig->dir = g_dir_make_tmp("lanting-kill-XXXXXX", &error);
    g_assert_no_error(error);
    rig->url = g_build_filename(rig->dir, "test.db", NULL);
    if (migrate_version(mall->world->db, &error) < 0
        || !migrate_stamp(mall->world->db, LANTING_VERSION, &error)
        || !db_backup_to(mall->world->db, rig->url, &error))
        g_error("%s", error->message);
    memcpy(rig->units, mall->units, sizeof rig->units);
    rig->category_id = mall->category_id;
    rig->channel_id = mall->channel_id;
    mall_free(mall);
    rig->way = way;
    rig->rand = g_rand_new_with_seed((guint32) g_test_rand_int());
    rig->people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, person_free);
    rig->port = free_port();
    g_assert_true(start(rig, 0));
    rig->starts = 0; /* only those after a kill are measured */
    rig->start_us = rig->longest_start_us = 0;
    return rig;
}

static void
remove_all(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name = NULL;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        if (g_file_test(file, G_FILE_TEST_IS_DIR))
            remove_all(file);
        else
            g_unlink(file);
    }
    g_rmdir(path);
}

static void
rig_free(Rig *rig)
{
    stop(rig);
    g_hash_table_unref(rig->people);
    g_rand_free(rig->rand);
    remove_all(rig->dir);
    g_free(rig->dir);
    g_free(rig->url);
    g_free(rig);
}

/* How quickly it was back; a start after a kill must not take longer than another. */
static void
report(const Rig *rig)
{
    g_test_message("%u deaths; ready again after %.0f ms on average, %.0f ms at most", rig->kills,
                   (double) rig->start_us / 1000 / MAX(rig->starts, 1),
                   (double) rig->longest_start_us / 1000);
    g_assert_cmpuint(rig->kills, >, 0);
}

static guint
kills_wanted(void)
{
    guint64 n = KILLS;

    g_ascii_string_to_unsigned(g_getenv("LANTING_KILLS") ? g_getenv("LANTING_KILLS") : "30", 10, 1,
                               100000, &n, NULL);
    return (guint) n;
}

/* Runs chains on new centres until enough deaths were died. */
static void
kill_and_repeat(Way way, guint kills)
{
    guint died = 0;

    while (died < kills) {
        Rig *rig = rig_new(way);
        guint chains = 0;
        while (chains < UNITS && died + rig->kills < kills) {
            if (way == WAY_FAILPOINT && !rig->armed) { /* begin the chain with a failpoint armed */
                stop(rig);
                if (!start(rig, (guint) g_rand_int_range(rig->rand, 1, FAILPOINT_SPAN)))
                    start_again(rig, FALSE);
            }
            run_chain(rig, chains++);
        }
        died += rig->kills;
        if (rig->armed) {
            stop(rig);
            g_assert_true(start(rig, 0));
        }
        nothing_twice_nothing_lost(rig, chains);
        report(rig);
        stop(rig);
        check_sound(rig);
        rig_free(rig);
    }
}

static void
kill_at_any_moment(void)
{
    kill_and_repeat(WAY_SIGNAL, kills_wanted());
}

static void
kill_at_failpoints(void)
{
    kill_and_repeat(WAY_FAILPOINT, kills_wanted());
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    g_autofree char *dir = g_path_get_dirname(argv[0]);
    const char *env = g_getenv("LANTING_PROGRAM");
    program = env ? g_strdup(env) : g_build_filename(dir, "lanting", NULL);
    if (!g_file_test(program, G_FILE_TEST_IS_EXECUTABLE))
        g_error("no program %s: set LANTING_PROGRAM", program);
    g_test_add_func("/kill/at-any-moment-of-the-chain-nothing-is-half-written", kill_at_any_moment);
    g_test_add_func("/kill/at-the-nth-failpoint-of-the-chain-nothing-is-half-written",
                    kill_at_failpoints);
    int status = g_test_run();
    g_free(program);
    curl_global_cleanup();
    return status;
}
