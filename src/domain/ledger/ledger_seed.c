/* ledger_seed.c - the chart of accounts and the money accounts that a property begins with; people may add more.
 * Codes follow the chart of the Chinese accounting standards; sub-accounts are ours. */
#include "db/catalogue.h"
#include "domain/ledger/ledger_internal.h"

#include <string.h>

static const struct {
    const char *code, *zh, *en, *kind;
    gboolean is_control;
} accounts[] = {
    { "1001", "库存现金", "Cash", "asset", FALSE },
    { "1002", "银行存款", "Bank", "asset", FALSE },
    { "1012", "其他货币资金", "Other money", "asset", FALSE },
    { "1122", "应收账款", "Receivables", "asset", TRUE },
    { "1123", "应收租金—直线法", "Accrued rent (straight line)", "asset", TRUE },
    { "2203", "预收账款", "Credits of merchants", "liability", TRUE },
    { "2221", "应交税费", "Taxes", "liability", FALSE },
    { "2221.01", "应交增值税—销项税额", "Output VAT", "liability", TRUE },
    { "2221.02", "应交增值税—进项税额", "Input VAT", "liability", TRUE },
    { "2241", "其他应付款—保证金", "Deposits held", "liability", TRUE },
    { "2241.01", "保证金—定金", "Deposits: earnest money (定金)", "liability", TRUE },
    { "2241.02", "保证金—诚意金", "Deposits: sincerity money (诚意金)", "liability", TRUE },
    { "2241.03", "保证金—意向金", "Deposits: intention money (意向金)", "liability", TRUE },
    { "2241.04", "保证金—履约保证金", "Deposits: performance", "liability", TRUE },
    { "2241.05", "保证金—租赁押金", "Deposits: rent", "liability", TRUE },
    { "2241.06", "保证金—装修押金", "Deposits: fit-out", "liability", TRUE },
    { "2241.07", "保证金—质量保证金", "Deposits: quality", "liability", TRUE },
    { "3999", "期初余额", "Opening balances", "equity", FALSE },
    { "6051", "其他业务收入", "Income", "income", FALSE },
    { "6051.01", "租金收入", "Rent", "income", FALSE },
    { "6051.02", "提成租金收入", "Turnover rent", "income", FALSE },
    { "6051.03", "物业管理费收入", "Property fee", "income", FALSE },
    { "6051.04", "推广费收入", "Promotion fee", "income", FALSE },
    { "6051.05", "电费收入", "Electricity", "income", FALSE },
    { "6051.06", "水费收入", "Water", "income", FALSE },
    { "6051.07", "燃气费收入", "Gas", "income", FALSE },
    { "6051.08", "空调费收入", "Air conditioning", "income", FALSE },
    { "6051.09", "装修管理费收入", "Fit-out management", "income", FALSE },
    { "6051.10", "广告位收入", "Advertising", "income", FALSE },
    { "6051.11", "占用费收入", "Occupation fee", "income", FALSE },
    { "6051.12", "赔偿收入", "Compensation for damage", "income", FALSE },
    { "6051.99", "直线法收入调整", "Straight-line adjustment", "income", TRUE },
    { "6301.01", "营业外收入—违约金", "Penalties", "income", FALSE },
    { "6301.02", "营业外收入—没收定金", "Forfeited deposits", "income", FALSE },
    { "6402", "其他业务成本", "Operating cost", "expense", FALSE },
    { "6402.01", "水电能源成本", "Energy cost", "expense", FALSE },
    { "6402.02", "物业与维修成本", "Property and repair cost", "expense", FALSE },
    { "6601", "销售费用", "Marketing cost", "expense", FALSE },
    { "6601.01", "推广活动费", "Promotion", "expense", FALSE },
    { "6601.02", "招商佣金", "Leasing commission", "expense", FALSE },
    { "6602", "管理费用", "Administration", "expense", FALSE },
    { "6602.01", "办公费", "Office", "expense", FALSE },
    { "6603", "财务费用", "Finance cost", "expense", FALSE },
    { "6603.01", "手续费", "Bank charges", "expense", FALSE },
    { "6403", "税金及附加", "Taxes and surcharges", "expense", FALSE },
    { "6701", "信用减值损失", "Bad debts", "expense", FALSE },
};

static const struct {
    const char *zh, *kind, *account;
} money_accounts[] = {
    { "基本户", "bank", "1002" }, { "现金", "cash", "1001" },     { "POS 收单", "pos", "1012" },
    { "微信收款", "wechat", "1012" }, { "支付宝收款", "alipay", "1012" },
};

const char *
ledger_deposit_account(const char *deposit_kind)
{
    static const char *const codes[][2] = {
        { "earnest", "2241.01" }, { "sincerity", "2241.02" }, { "intention", "2241.03" }, { "performance", "2241.04" },
        { "rent", "2241.05" },    { "fitout", "2241.06" },    { "quality", "2241.07" },
    };

    for (guint i = 0; deposit_kind && i < G_N_ELEMENTS(codes); i++) {
        if (strcmp(codes[i][0], deposit_kind) == 0)
            return codes[i][1];
    }
    return ACC_DEPOSIT;
}

/* Ways that have no money account of their own kind come in at the bank. */
gint64
ledger_money_account(Ctx *ctx, const char *way, GError **error)
{
    static const char *const own[] = { "pos", "wechat", "alipay", "cash" };
    const char *kind = "bank";
    gboolean row = FALSE;

    for (guint i = 0; way && i < G_N_ELEMENTS(own); i++) {
        if (strcmp(own[i], way) == 0)
            kind = own[i];
    }
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.money_account", error);
    if (!stmt)
        return 0;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_text(stmt, "kind", kind);
    return db_step(stmt, &row, error) && row ? db_int(stmt, 0) : 0;
}

char *
ledger_money_code(Ctx *ctx, gint64 money_account_id, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "ledger.money_code", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "id", money_account_id);
    if (!db_step(stmt, &row, error))
        return NULL;
    return g_strdup(row ? db_text(stmt, 0) : ACC_BANK);
}

static gboolean
seed_account(Ctx *ctx, guint n, GError **error)
{
    g_autoptr(Record) account = record_new(registry_def(ctx->registry, "account"));

    record_set_text(account, "code", accounts[n].code);
    record_set_text(account, "name", accounts[n].zh);
    record_set_text(account, "name_en", accounts[n].en);
    record_set_text(account, "kind", accounts[n].kind);
    record_set_int(account, "is_control", accounts[n].is_control);
    return record_save(ctx, account, error);
}

static gboolean
seed_money(Ctx *ctx, guint n, GError **error)
{
    g_autoptr(Record) money = record_new(registry_def(ctx->registry, "money_account"));
    g_autoptr(Record) account = record_find_by(ctx, "account", "code", money_accounts[n].account, error);

    if (!account)
        return FALSE;
    record_set_text(money, "name", money_accounts[n].zh);
    record_set_text(money, "kind", money_accounts[n].kind);
    record_set_id(money, "account_id", account->id);
    return record_save(ctx, money, error);
}

gboolean
ledger_seed(Ctx *ctx, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) there = record_find_by(ctx, "account", "code", ACC_RECEIVABLE, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    for (guint i = 0; !there && i < G_N_ELEMENTS(accounts); i++) {
        if (!seed_account(ctx, i, error))
            return FALSE;
    }
    for (guint i = 0; !there && i < G_N_ELEMENTS(money_accounts); i++) {
        if (!seed_money(ctx, i, error))
            return FALSE;
    }
    return TRUE;
}
