/* bank_import.c - bank statements as Chinese banks export them: titles above, one or two columns of amounts, totals below. A line that is there already
 * is known again by its serial number, or by everything it says. */
#include "base/text.h"
#include "domain/billing/bank.h"
#include "store/services.h"

#include <string.h>

/* clang-format off */
static const FieldDef fields[] = {
    F_DAY("happened_on", "交易日期", "Day", .flags = FF_REQUIRED, .synonyms = "日期|记账日期|入账日期|交易日|交易时间|记账时间|入账时间|发生日期|会计日期"),
    F_MONEY("credit", "贷方发生额", "Money in", .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .synonyms = "收入|贷方金额|贷方|收入金额|存入|存入金额|转入金额|贷方发生额（收入）|贷方发生额/收入|收款金额|来账金额"),
    F_MONEY("debit", "借方发生额", "Money out", .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .synonyms = "支出|借方金额|借方|支出金额|支取|支取金额|转出金额|借方发生额（支取）|借方发生额/支取|借方发生额/支出|付款金额|往账金额"),
    F_MONEY("amount", "交易金额", "Amount", .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .synonyms = "金额|发生额|交易额"),
    F_TEXT("side", 20, "借贷标志", "Debit or credit", .synonyms = "借贷|借/贷|借贷方向|收支方向|收支标志|收付标志|交易方向|方向|收/支|来往标志|往来标志"),
    F_MONEY("balance", "余额", "Balance", .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN, .synonyms = "账户余额|本次余额|当前余额|交易后余额|可用余额"),
    F_TEXT("counterpart", 120, "对方户名", "Other side", .synonyms = "对方名称|对方账户名称|对方账户名|对方单位名称|对方单位|交易对方名称|付款人名称|付款人|付款方户名|交易对手|对手户名|收/付方名称|对方姓名"),
    F_TEXT("counterpart_account", 40, "对方账号", "Its account", .synonyms = "对方账户|对方帐号|交易对方账号|付款人账号|付款方账号|收/付方账号|对手账号"),
    F_TEXT("summary", 200, "摘要", "Summary", .synonyms = "交易摘要|摘要信息|交易类型|业务类型|交易名称|业务摘要"),
    F_TEXT("memo", 200, "附言", "Memo", .synonyms = "用途|备注|交易附言|客户附言|个性化信息|附言/用途|用途/附言|交易用途|转账附言"),
    F_TEXT("serial", 60, "流水号", "Serial number", .synonyms = "交易流水号|流水|凭证号|交易流水|银行流水号|核心流水号|业务编号|交易序号|账户明细编号-交易流水号|主机流水号|回单编号"),
};
/* clang-format on */

/* What is known of the account, and how often each line was met in this file. */
typedef struct {
    GHashTable *known; /* live_key */
    GHashTable *met;   /* key without its ordinal -> times */
    gboolean loaded;
} Memory;

typedef struct {
    gint64 amount_fen;
    char *key;
} Plan;

static gpointer
memory_new(void)
{
    Memory *memory = g_new0(Memory, 1);

    memory->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    memory->met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return memory;
}

static void
memory_free(gpointer data)
{
    Memory *memory = data;

    g_hash_table_unref(memory->known);
    g_hash_table_unref(memory->met);
    g_free(memory);
}

static void
plan_free(gpointer data)
{
    g_free(((Plan *) data)->key);
    g_free(data);
}

static gboolean
load_known(Ctx *ctx, const Import *import, Memory *memory, GError **error)
{
    gboolean ok = TRUE;

    if (memory->loaded)
        return TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "bank.keys", error);
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "money_account_id", import_into(import));
    while (db_each(stmt, &ok, error))
        g_hash_table_add(memory->known, g_strdup(db_text(stmt, 0)));
    memory->loaded = TRUE;
    return ok;
}

/* 贷 is what the bank owes us more: money in. */
static gboolean
is_out(const char *side)
{
    static const char *const words[] = { "借", "支", "付", "出", "往", "D", "d", "-", NULL };

    for (guint i = 0; side && words[i]; i++) {
        if (strstr(side, words[i]))
            return TRUE;
    }
    return FALSE;
}

static gint64
amount_of(const Import *import, const ImportRow *row)
{
    gint64 in_fen = import_value(import, row, "credit")->i, out_fen = import_value(import, row, "debit")->i;
    gint64 one_fen = import_value(import, row, "amount")->i;

    if (in_fen || out_fen)
        return in_fen - ABS(out_fen);
    return is_out(import_text(import, row, "side")) ? -ABS(one_fen) : one_fen;
}

/* Without a serial number a line is what it says, and the how-many-th of those that say the same. */
static char *
key_of(const Import *import, const ImportRow *row, gint64 amount_fen, Memory *memory)
{
    const char *serial = import_text(import, row, "serial"), *who = import_text(import, row, "counterpart"), *memo = import_text(import, row, "memo");

    if (serial)
        return g_strdup_printf("%" G_GINT64_FORMAT ":%s:%" G_GINT64_FORMAT, import_into(import), serial, amount_fen);
    g_autofree char *said = g_strdup_printf("%s|%s", who ? who : "", memo ? memo : "");
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, said, -1);
    char *same = g_strdup_printf("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s", import_into(import),
                                 import_value(import, row, "happened_on")->i, amount_fen, import_value(import, row, "balance")->i, digest);
    int times = GPOINTER_TO_INT(g_hash_table_lookup(memory->met, same)) + 1;
    char *key = g_strdup_printf("%s#%d", same, times);
    g_hash_table_replace(memory->met, same, GINT_TO_POINTER(times));
    return key;
}

static gboolean
judge(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    Memory *memory = import_memory(import, memory_new, memory_free);
    gint64 amount_fen = amount_of(import, row);

    if (!load_known(ctx, import, memory, error))
        return FALSE;
    if (amount_fen == 0) {
        import_refuse(import, row, "credit", "没有金额：请把收入、支出或金额列对应好", "no amount: match the columns of money in and out");
        return TRUE;
    }
    Plan *plan = g_new0(Plan, 1);
    row->plan = plan;
    row->plan_free = plan_free;
    plan->amount_fen = amount_fen;
    plan->key = key_of(import, row, amount_fen, memory);
    row->label = g_strdup(import_text(import, row, "counterpart"));
    if (!g_hash_table_add(memory->known, g_strdup(plan->key)))
        row->outcome = IMPORT_SKIP; /* imported before, or twice in the file */
    return TRUE;
}

static gboolean
save(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    static const char *const texts[] = { "counterpart", "counterpart_account", "summary", "memo", "serial" };
    const Plan *plan = row->plan;
    const Value *balance = import_value(import, row, "balance");
    g_autoptr(Record) line = record_new(bank_line_module.def);

    record_set_id(line, "money_account_id", import_into(import));
    record_set_day(line, "happened_on", (Day) import_value(import, row, "happened_on")->i);
    record_set_int(line, "amount", plan->amount_fen);
    if (!balance->is_null)
        record_set_int(line, "balance", balance->i);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        record_set_text(line, texts[i], import_text(import, row, texts[i]));
    record_set_text(line, "live_key", plan->key);
    record_set_id(line, "imported_by", ctx->staff_id);
    record_set_text(line, "state", plan->amount_fen > 0 ? "open" : "outgoing");
    return record_save(ctx, line, error);
}

const ImportKind bank_statement_import = {
    .name = "bank_statement",
    .zh = "银行流水",
    .en = "Bank statement",
    .right = "bank_line",
    .into = "money_account",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .note_zh = "网银导出的流水原样上传即可；已导入过的流水按流水号识别，不会重复",
    .note_en = "Upload what the bank's site exports; lines that are there already are known by their serial number",
    .judge = judge,
    .save = save,
};
