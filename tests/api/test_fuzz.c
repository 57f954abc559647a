/* Nonsense of every kind against every route: nothing crashes, nothing is an inner error, every refusal is a problem document, and
 * the history chain still holds. LANTING_FUZZ_RUNS requests (3000); LANTING_FUZZ_SEED repeats a run; LANTING_FUZZ_LOG names a file
 * that keeps the requests, so that the last line is the one that broke it. */
#include "base/ids.h"
#include "store/history.h"
#include "support/duty.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

enum { RUNS = 3000, PEOPLE = 8 };

typedef struct {
    Mall *mall;
    GRand *rand;
    GPtrArray *ids; /* texts of ids that exist */
    GHashTable *own; /* entity -> GPtrArray of its ids, borrowed from ids */
    Client *people[PEOPLE];
    FILE *log;
    guint by_hundred[6];
} Fuzz;

static guint
pick(Fuzz *f, guint n)
{
    return (guint) g_rand_int_range(f->rand, 0, (gint32) n);
}

static gboolean
chance(Fuzz *f, guint one_in)
{
    return pick(f, one_in) == 0;
}

static const char *
some_id(Fuzz *f)
{
    static const char *const odd[] = { "0", "-1", "99999999999999999999", "abc", "1e5", "..", "%2e%2e", "9223372036854775807", "+7", "１２" };

    if (chance(f, 8))
        return odd[pick(f, G_N_ELEMENTS(odd))];
    return f->ids->pdata[pick(f, f->ids->len)];
}

/* Mostly one that exists there. */
static const char *
id_of(Fuzz *f, const EntityModule *module)
{
    const GPtrArray *own = module ? g_hash_table_lookup(f->own, module->def->name) : NULL;

    return own && !chance(f, 4) ? own->pdata[pick(f, own->len)] : some_id(f);
}

static void
add_id(Fuzz *f, const char *entity, const char *id)
{
    GPtrArray *own = g_hash_table_lookup(f->own, entity);
    char *copy = g_strdup(id);

    if (!own) {
        own = g_ptr_array_new();
        g_hash_table_insert(f->own, g_strdup(entity), own);
    }
    g_ptr_array_add(f->ids, copy);
    g_ptr_array_add(own, copy);
}

static const char *
some_entity(Fuzz *f)
{
    const EntityDef *const *defs = f->mall->world->registry->defs;
    guint n = 0;

    if (chance(f, 30))
        return "nothing";
    while (defs[n])
        n++;
    return defs[pick(f, n)]->name;
}

/* Words that mean something somewhere. */
static const char *
some_word(Fuzz *f)
{
    static const char *const words[] = { "agree", "return", "reject", "delegate", "add_sign", "withdraw", "submit", "sign", "convert", "cancel",
                                         "receive", "confirm", "take", "assign", "lose", "contact", "visit", "intend", "negotiate", "publish",
                                         "seal", "extend", "release", "report", "done", "postpone", "approve", "void", "read", "history",
                                         "daily", "channel.xlsx", "rent_roll.pdf", "expiry", "export.xlsx", "options", "counts", "all", "x" };

    return words[pick(f, G_N_ELEMENTS(words))];
}

static const EntityModule *
module_named(Fuzz *f, const char *entity)
{
    return registry_find(f->mall->world->registry, entity);
}

static const char *
some_action(Fuzz *f, const EntityModule *module)
{
    if (!module || module->n_flow == 0 || chance(f, 6))
        return some_word(f);
    return module->flow[pick(f, module->n_flow)].action;
}

/* -- values --------------------------------------------------------------------- */

static void
add_string(Fuzz *f, GString *json, const char *text)
{
    static const char *const broken[] = { "\\ud800", "\\u0000", "\xff\xfe", "\xe4\xba", "\\u202e", "\\n\\t", "\\\"", "'; DROP TABLE lease; --",
                                          "<script>alert(1)</script>", "=1+1", "{{no}}", "../../etc/passwd", "\xf0\x9f\x98\x80" };

    g_string_append_c(json, '"');
    if (chance(f, 12))
        g_string_append(json, broken[pick(f, G_N_ELEMENTS(broken))]);
    else
        g_string_append(json, text);
    g_string_append_c(json, '"');
}

static void
add_junk(Fuzz *f, GString *json, guint depth)
{
    static const char *const numbers[] = { "0", "-1", "1e400", "9223372036854775808", "-9223372036854775808", "0.1", "1E-300", "007", "3", "NaN" };

    switch (pick(f, depth > 3 ? 5 : 8)) {
    case 0:
        g_string_append(json, "null");
        break;
    case 1:
        g_string_append(json, chance(f, 2) ? "true" : "false");
        break;
    case 2:
        g_string_append(json, numbers[pick(f, G_N_ELEMENTS(numbers))]);
        break;
    case 3:
        add_string(f, json, "云上");
        break;
    case 4: {
        g_autofree char *text = g_strnfill(1 + pick(f, 6000), 'x');
        add_string(f, json, text);
        break;
    }
    case 5:
        g_string_append(json, "{\"id\":");
        add_junk(f, json, depth + 1);
        g_string_append(json, ",\"x\":");
        add_junk(f, json, depth + 1);
        g_string_append_c(json, '}');
        break;
    case 6:
        g_string_append_c(json, '[');
        for (guint i = 0, n = pick(f, 4); i < n; i++) {
            add_junk(f, json, depth + 1);
            g_string_append_c(json, ',');
        }
        add_junk(f, json, depth + 1);
        g_string_append_c(json, ']');
        break;
    default:
        g_string_append_printf(json, "\"%s\"", some_id(f));
        break;
    }
}

static void
add_fitting(Fuzz *f, GString *json, const FieldDef *field)
{
    static const char *const days[] = { "2026-03-02", "2026-04-01", "2028-02-29", "0001-01-01", "9999-12-31", "2026-02-30" };
    static const char *const decimals[] = { "0", "100", "0.01", "-5", "99999999999.99", "1.234567", "1e3", "150.5", "１２.５" };
    guint n = 0;

    switch (field->type) {
    case FT_TEXT:
    case FT_LONGTEXT:
        add_string(f, json, field->check == CHECK_PHONE || field->check == CHECK_MOBILE ? "13800138000" : "文字 text");
        break;
    case FT_INT:
        g_string_append_printf(json, "%d", g_rand_int_range(f->rand, -3, 40));
        break;
    case FT_BOOL:
        g_string_append(json, chance(f, 2) ? "true" : "false");
        break;
    case FT_MONEY:
    case FT_PRICE:
    case FT_AREA:
    case FT_PERCENT:
        g_string_append_printf(json, "\"%s\"", decimals[pick(f, G_N_ELEMENTS(decimals))]);
        break;
    case FT_DAY:
        g_string_append_printf(json, "\"%s\"", days[pick(f, G_N_ELEMENTS(days))]);
        break;
    case FT_INSTANT:
        g_string_append(json, chance(f, 3) ? "\"2026-03-02T00:00:00.000Z\"" : "\"2026-13-45T99:99:99Z\"");
        break;
    case FT_ENUM:
        while (field->items[n].token)
            n++;
        g_string_append_printf(json, "\"%s\"", field->items[pick(f, n)].token);
        break;
    case FT_REF:
        g_string_append_printf(json, "\"%s\"", id_of(f, module_named(f, field->ref)));
        break;
    case FT_JSON:
    case FT__N:
        add_junk(f, json, 0);
        break;
    }
}

static void
add_fields(Fuzz *f, GString *json, const FieldDef *fields, guint n)
{
    for (guint i = 0; i < n; i++) {
        gboolean needed = (fields[i].flags & FF_REQUIRED) != 0, readonly = (fields[i].flags & FF_READONLY) != 0;
        if ((!needed && !chance(f, 3)) || (readonly && !chance(f, 60)) || strcmp(fields[i].name, "state") == 0)
            continue;
        g_string_append_printf(json, ",\"%s\":", fields[i].name);
        if (chance(f, 40))
            add_junk(f, json, 0);
        else
            add_fitting(f, json, &fields[i]);
    }
}

/* Clauses of a lease: the words are right, what stands behind them may be anything. */
static void
add_lease_parts(Fuzz *f, GString *json)
{
    static const char *const units[] = { "\"units\":[{\"unit_id\":\"%s\"}]", "\"units\":[{\"unit_id\":\"%s\",\"area\":\"0\"},7,null]",
                                         "\"units\":{\"unit_id\":\"%s\"}", "\"units\":[{\"unit_id\":\"%s\",\"from_on\":\"9999-12-31\"}]" };
    static const char *const terms[] = {
        "{\"item\":\"rent\",\"model\":\"fixed\",\"basis\":\"per_m2_month\",\"price\":\"200\",\"cycle_months\":3}",
        "{\"item\":\"rent\",\"model\":\"fixed\",\"basis\":\"per_m2_month\",\"price\":\"99999999999\",\"cycle_months\":3}",
        "{\"item\":\"rent\",\"model\":\"greater_of\",\"price\":\"1\",\"turnover\":{\"percent\":\"%s\"},\"cycle_months\":0}",
        "{\"item\":\"rent\",\"model\":\"fixed\",\"basis\":\"per_m2_day\",\"price\":\"3\",\"steps\":[{\"every_months\":0,\"first_on\":\"2026-05-01\",\"percent\":\"5\"}]}",
        "{\"item\":\"rent\",\"model\":\"fixed\",\"basis\":\"per_m2_month\",\"price\":\"3\",\"steps\":[{\"every_months\":1,\"first_on\":\"2026-05-01\",\"percent\":\"900\",\"compound\":true}]}",
        "{\"item\":\"rent\",\"model\":\"tiers\",\"tiers\":[[],{},%s]}",
        "{\"item\":\"rent\",\"model\":\"fixed\",\"price\":\"9\",\"free\":[{\"from\":\"2026-05-01\",\"to\":\"2026-04-01\"}]}",
        "{\"item\":\"property_fee\",\"model\":\"fixed\",\"basis\":\"per_m2_month\",\"price\":\"30\",\"billing\":\"anchored\",\"anchor_day\":31}",
        "{\"item\":\"%s\",\"model\":7,\"basis\":[]}", "3", "null", "[]",
    };
    static const char *const deposits[] = { "{\"kind\":\"performance\",\"months\":3,\"amount\":\"60000.00\",\"due_on\":\"2026-04-01\"}",
                                            "{\"kind\":\"%s\",\"amount\":-1}", "\"x\"" };
    g_auto(GStrv) cut = g_strsplit(units[pick(f, G_N_ELEMENTS(units))], "%s", 2);

    g_string_append_printf(json, ",%s%s%s,\"terms\":[", cut[0], id_of(f, module_named(f, "unit")), cut[1]);
    for (guint i = 0, n = pick(f, 3); i <= n; i++)
        g_string_append_printf(json, "%s%s", i ? "," : "", terms[pick(f, G_N_ELEMENTS(terms))]);
    g_string_append_printf(json, "],\"deposits\":[%s]", deposits[pick(f, G_N_ELEMENTS(deposits))]);
}

static char *
some_body(Fuzz *f, const EntityModule *module, const char *action, gint64 version)
{
    GString *json = g_string_new("{");
    static const char *const extra[] = { "stage", "opinion", "to_staff_id", "field", "code", "ok", "merge_into", "into_id", "merchant_id", "ids", "action",
                                         "entity", "name", "query", "columns", "heading_row", "lang", "property_id", "id", "created_at" };

    if (chance(f, 20)) {
        g_autofree char *deep = g_strnfill(20 + pick(f, 3000), '[');
        g_string_assign(json, chance(f, 2) ? deep : "nonsense");
        return g_string_free(json, FALSE);
    }
    if (version && !chance(f, 6))
        g_string_append_printf(json, "\"version\":%" ID, version);
    else
        g_string_append(json, "\"reason\":\"试\"");
    if (module && action) {
        for (guint i = 0; i < module->n_flow; i++) {
            if (strcmp(module->flow[i].action, action) == 0 && module->flow[i].fields) {
                add_fields(f, json, module->flow[i].fields, module->flow[i].n_fields);
                break;
            }
        }
    } else if (module)
        add_fields(f, json, module->def->fields, module->def->n_fields);
    if (module && strcmp(module->def->name, "lease") == 0)
        add_lease_parts(f, json);
    while (chance(f, 12)) {
        g_string_append_printf(json, ",\"%s\":", extra[pick(f, G_N_ELEMENTS(extra))]);
        add_junk(f, json, 0);
    }
    g_string_append_c(json, '}');
    if (chance(f, 30))
        g_string_truncate(json, pick(f, (guint) json->len));
    return g_string_free(json, FALSE);
}

/* Valid UTF-8 without control characters: the server lets nothing else pass. */
static void
add_query(Fuzz *f, GString *path, const EntityModule *module)
{
    static const char *const keys[] = { "q", "sort", "page", "size", "limit", "after", "on", "from", "to", "month", "phone", "owner_id", "stage",
                                        "field", "entity", "kind", "mine", "version", "" };
    static const char *const values[] = { "", "1", "-1", "0", "2026-03-01", "2026-02-30", "999999999999", "-created_at", "%E4%BA%91", "a,b,c", "%25",
                                          "13800138000", "1.5", "me", "202603", "202613", "%F0%9F%98%80", "null", "%27%22%3B--" };
    static const char *const suffixes[] = { "", "", ".gte", ".lt", ".null", ".x" };

    for (guint i = 0, n = pick(f, 4); i < n; i++) {
        g_string_append_c(path, strchr(path->str, '?') ? '&' : '?');
        if (module && module->def->n_fields && chance(f, 2))
            g_string_append_printf(path, "%s%s=", module->def->fields[pick(f, module->def->n_fields)].name,
                                   suffixes[pick(f, G_N_ELEMENTS(suffixes))]);
        else
            g_string_append_printf(path, "%s=", keys[pick(f, G_N_ELEMENTS(keys))]);
        g_string_append(path, chance(f, 4) ? some_id(f) : values[pick(f, G_N_ELEMENTS(values))]);
    }
}

/* -- requests ------------------------------------------------------------------- */

typedef struct {
    const char *method;
    GString *path;
    GBytes *body;
    const char *type;
} Shot;

static GBytes *
text_bytes(char *text)
{
    return g_bytes_new_take(text, strlen(text));
}

static GBytes *
some_upload(Fuzz *f, Client *c)
{
    static const char *const sheets[] = { "名称,手机\n\"未闭合", "a,b\n1\n2,3,4,5\n", "\xef\xbb\xbf商户名称,统一社会信用代码\n甲,123\n", "PK\x03\x04", "%PDF-1.4 broken",
                                          "\x89PNG\r\n\x1a\n", "" };

    if (chance(f, 2)) {
        const char *sheet = sheets[pick(f, G_N_ELEMENTS(sheets))];
        return g_bytes_new(sheet, strlen(sheet)); /* no byte more, so that reading on is noticed */
    }
    if (chance(f, 2)) { /* a good workbook with some bytes changed */
        client_send(c, "GET", "/api/import/template.xlsx?kind=rent_roll", NULL);
        gsize size = 0;
        const char *data = g_bytes_get_data(c->bytes, &size);
        char *copy = g_memdup2(data, size);
        for (guint i = 0; i < 6 && size; i++)
            copy[pick(f, (guint) size)] = (char) g_rand_int(f->rand);
        return g_bytes_new_take(copy, size);
    }
    gsize size = pick(f, 3000);
    char *bytes = g_malloc(size + 1);
    for (gsize i = 0; i < size; i++)
        bytes[i] = (char) g_rand_int(f->rand);
    return g_bytes_new_take(bytes, size);
}

static const Route *
some_route(Fuzz *f, Client *c)
{
    guint n = 0;
    const Route *const *routes = api_routes(c->api, &n);
    const Route *route = NULL;

    do /* signing in and out is tested elsewhere; here it would end the run */
        route = routes[pick(f, n)];
    while (g_str_has_prefix(route->path, "/api/session") && route->method != HTTP_GET);
    return route;
}

static void
make_path(Fuzz *f, const Route *route, Shot *shot, const EntityModule **module, const char **action)
{
    g_auto(GStrv) parts = g_strsplit(route->path, "/", -1);

    *module = route->entity ? module_named(f, route->entity) : NULL;
    for (guint i = 1; parts[i]; i++) {
        const char *word = parts[i];
        if (strcmp(word, ":entity") == 0) {
            word = some_entity(f);
            *module = module_named(f, word);
        } else if (strcmp(word, ":action") == 0)
            word = *action = some_action(f, *module);
        else if (strcmp(word, ":decision") == 0 || strcmp(word, ":name") == 0)
            word = some_word(f);
        else if (word[0] == ':')
            word = id_of(f, *module);
        g_string_append_printf(shot->path, "/%s", word);
        if (i == 2 && !*module)
            *module = module_named(f, word);
    }
    if (chance(f, 60))
        g_string_append(shot->path, "/more");
}

/* Version of the record that a path ends with. */
static gint64
version_of(Fuzz *f, Client *c, const char *method, const char *path)
{
    if (strcmp(method, "PATCH") != 0 || chance(f, 10))
        return chance(f, 8) ? 1 + pick(f, 3) : 0;
    client_send(c, "GET", path, NULL);
    return c->status == 200 ? client_int(c, "version") : 1;
}

static Shot
make_shot(Fuzz *f, Client *c)
{
    static const char *const methods[] = { "GET", "POST", "PATCH", "DELETE" };
    const Route *route = some_route(f, c);
    const EntityModule *module = NULL;
    const char *action = NULL;
    Shot shot = { .method = http_method_name(route->method), .path = g_string_new(NULL), .type = "application/json" };

    make_path(f, route, &shot, &module, &action);
    if (chance(f, 40))
        shot.method = methods[pick(f, G_N_ELEMENTS(methods))];
    gint64 version = version_of(f, c, shot.method, shot.path->str);
    add_query(f, shot.path, module);
    if (route->max_body) {
        static const char *const kinds[] = { "rent_roll", "merchant", "inquiry", "unit", "nothing" };
        g_string_append_printf(shot.path, "%ckind=%s&name=x.%s&entity=%s&record_id=%s&category=scan", strchr(shot.path->str, '?') ? '&' : '?',
                               kinds[pick(f, G_N_ELEMENTS(kinds))], chance(f, 2) ? "csv" : "xlsx", some_entity(f), some_id(f));
        shot.body = some_upload(f, c);
        shot.type = "application/octet-stream";
    } else if (strcmp(shot.method, "GET") == 0 || chance(f, 15))
        shot.body = g_bytes_new_static("", 0);
    else
        shot.body = text_bytes(some_body(f, module, action, version));
    if (chance(f, 80))
        shot.type = "text/plain";
    return shot;
}

static void
write_log(Fuzz *f, const Shot *shot)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(shot->body, &size);

    if (!f->log)
        return;
    fprintf(f->log, "%s %s %.*s\n", shot->method, shot->path->str, (int) MIN(size, 2000), data ? data : "");
    fflush(f->log);
}

static void
keep_id(Fuzz *f, Client *c, const char *path)
{
    const char *id = c->status == 201 ? client_text(c, "id") : NULL;
    g_auto(GStrv) parts = g_strsplit_set(path, "/?", -1);

    if (id && g_strv_length(parts) > 2)
        add_id(f, parts[2], id);
}

static void
judge(Fuzz *f, Client *c, const Shot *shot)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(shot->body, &size);
    gboolean refused = c->status >= 400;

    f->by_hundred[MIN(c->status / 100, 5)]++;
    if (c->status < 200 || (c->status >= 500 && c->status != 503))
        g_error("%s %s: %d %s\nbody: %.*s", shot->method, shot->path->str, c->status, c->text, (int) MIN(size, 4000), data ? data : "");
    if (refused && (!client_text(c, "code") || !client_text(c, "message") || client_int(c, "status") != c->status))
        g_error("%s %s: %d is no problem document: %s", shot->method, shot->path->str, c->status, c->text);
    if (!refused && c->text[0] == '{' && !c->reply)
        g_error("%s %s: %d is no JSON: %s", shot->method, shot->path->str, c->status, c->text);
    keep_id(f, c, shot->path->str);
}

static void
add_ids(Fuzz *f)
{
    g_autoptr(Client) gm = client_new(f->mall->world, "gm");
    const EntityDef *const *defs = f->mall->world->registry->defs;

    for (guint i = 0; defs[i]; i++) {
        g_autofree char *path = g_strdup_printf("/api/%s?size=20", defs[i]->name);
        client_send(gm, "GET", path, NULL);
        for (gsize k = 0; gm->status == 200 && k < client_len(gm, "items"); k++) {
            g_autofree char *at = g_strdup_printf("items.%" G_GSIZE_FORMAT ".id", k);
            add_id(f, defs[i]->name, client_text(gm, at));
        }
    }
}

/* Something of everything, so that nonsense meets real records. */
static void
furnish(Fuzz *f)
{
    g_autoptr(Client) ls = client_new(f->mall->world, "ls");
    g_autoptr(Client) lm = client_new(f->mall->world, "lm");
    gint64 lead = lead_at(f->mall, ls, "云上咖啡", "13800138000", "negotiating");
    gint64 intent = intent_signed(f->mall, ls, lead, 0);

    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    intent_draft(f->mall, ls, mall_lead(f->mall, ls, "另一家", "13800138001"), 1, "200");
    lease_effective(f->mall, ls, "在租商户", 2, "2026-04-01", "2027-03-31");
    lease_approved(f->mall, ls, "已批商户", 3, "2026-04-01", "2027-03-31");
    mall_lease_in_review(f->mall, ls, mall_merchant(f->mall, ls, "会签商户"), 4, "2026-04-01", "2027-03-31", "140");
    client_post(ls, 200, "{}", "/api/daily_report/open");
    make_as(lm, "policy_document", "{'title':'政策','edition':'1','from_on':'2026-01-01','content':'文'}");
}

static gboolean
verify(Ctx *ctx, gpointer data, GError **error)
{
    return history_verify(ctx->db, data, error);
}

static guint64
number_of_env(const char *name, guint64 fallback)
{
    guint64 n = fallback;

    if (g_getenv(name))
        g_ascii_string_to_unsigned(g_getenv(name), 10, 1, G_MAXUINT32, &n, NULL);
    return n;
}

static void
shoot(Fuzz *f)
{
    Client *c = f->people[pick(f, PEOPLE)];
    Shot shot = make_shot(f, c);

    write_log(f, &shot);
    client_raw(c, shot.method, shot.path->str, shot.body, shot.type);
    judge(f, c, &shot);
    g_string_free(shot.path, TRUE);
    g_bytes_unref(shot.body);
}

static void
nonsense_breaks_nothing(Dialect dialect)
{
    static const char *const logins[PEOPLE] = { "gm", "director", "lm", "ls", "lc", "om", "finance", "admin" };
    g_autoptr(Mall) mall = mall_new(dialect);
    guint64 seed = number_of_env("LANTING_FUZZ_SEED", g_random_int()), runs = number_of_env("LANTING_FUZZ_RUNS", RUNS);
    Fuzz f = { .mall = mall, .rand = g_rand_new_with_seed((guint32) seed), .ids = g_ptr_array_new_with_free_func(g_free),
               .own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref) };
    gint64 rows = 0;

    g_test_message("LANTING_FUZZ_SEED=%" G_GUINT64_FORMAT " LANTING_FUZZ_RUNS=%" G_GUINT64_FORMAT, seed, runs);
    g_printerr("# LANTING_FUZZ_SEED=%" G_GUINT64_FORMAT "\n", seed);
    furnish(&f);
    add_ids(&f);
    f.log = g_getenv("LANTING_FUZZ_LOG") ? fopen(g_getenv("LANTING_FUZZ_LOG"), "w") : NULL;
    for (guint i = 0; i < PEOPLE; i++)
        f.people[i] = client_new(mall->world, logins[i]);
    for (guint64 i = 0; i < runs; i++)
        shoot(&f);
    world_must(mall->world, NULL, verify, &rows);
    g_assert_cmpint(rows, >, 100);
    g_assert_cmpuint(f.by_hundred[2], >, runs / 20); /* not only refusals */
    g_test_message("2xx %u, 4xx %u, 503 %u", f.by_hundred[2], f.by_hundred[4], f.by_hundred[5]);
    for (guint i = 0; i < PEOPLE; i++)
        client_free(f.people[i]);
    if (f.log)
        fclose(f.log);
    g_hash_table_unref(f.own);
    g_ptr_array_unref(f.ids);
    g_rand_free(f.rand);
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name = NULL;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

int
main(int argc, char **argv)
{
    char place[] = "/tmp/lanting-fuzz-XXXXXX"; /* uploads go there */

    g_assert_nonnull(g_mkdtemp(place));
    g_setenv("TMPDIR", place, TRUE);
    g_test_init(&argc, &argv, NULL);
    testdb_each("/fuzz/nonsense-breaks-nothing", nonsense_breaks_nothing);
    int result = g_test_run();
    remove_tree(place);
    return result;
}
