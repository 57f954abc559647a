/* lease_import.c - the rent roll: units, merchants and running leases from one sheet. */
#include "domain/lease/lease_import.h"

#include "base/text.h"
#include "db/catalogue.h"
#include "domain/lease/lease_import_internal.h"

#include <string.h>

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("building", 60, "楼栋", "Building", .synonyms = "楼栋名称|楼栋号|栋号|楼座|栋"),
    F_TEXT("floor", 60, "楼层", "Floor", .synonyms = "所在楼层|楼层号|层|层数|楼层名称"),
    F_TEXT("unit_no", 40, "铺位号", "Unit no.", .flags = FF_REQUIRED, .synonyms = "铺号|店铺号|商铺号|铺位编号|商铺编号|房号|铺位|单元号|位置"),
    F_AREA("area", "计租面积", "Rent area", .synonyms = "租赁面积|计费面积|合同面积|可出租面积|面积"),
    F_AREA("area_built", "建筑面积", "Built area", .synonyms = "建面"),
    F_AREA("area_usable", "套内面积", "Usable area", .synonyms = "使用面积|实用面积"),
    F_TEXT("category", 60, "业态", "Category", .synonyms = "二级业态|经营业态|业态类别|经营类别|业种|业态名称"),
    F_TEXT("brand", 80, "品牌", "Brand", .synonyms = "品牌名称|经营品牌|店名|店招|招牌"),
    F_TEXT("merchant", 120, "商户", "Merchant", .synonyms = "商户名称|承租方|承租人|承租单位|公司名称|租户|租户名称|客户名称|乙方|签约主体|商家"),
    F_TEXT("credit_code", 18, "信用代码", "Credit code", .check = CHECK_CREDIT_CODE, .synonyms = "统一社会信用代码|社会信用代码|营业执照号|税号"),
    F_TEXT("contact", 60, "联系人", "Contact", .synonyms = "联系人姓名|负责人|店长"),
    F_TEXT("phone", 60, "电话", "Phone", .synonyms = "联系电话|手机|手机号|手机号码|联系方式|联系人电话"),
    F_TEXT("lease_no", 40, "合同编号", "Lease no.", .synonyms = "合同号|协议编号|合同编码|租赁合同号"),
    F_DAY("from_on", "租期起", "Term from", .synonyms = "起租日|租赁起始日|租期开始|开始日期|起始日期|合同起始日|合同开始日期|租期/起|租期/起始|租期/起始日|租期/开始|租期/开始日期|租赁期限/起|租赁期限/起始日|租赁期/起|合同期限/起|合同期限/起始日|合同期/起|计租期限/起|起"),
    F_DAY("to_on", "租期止", "Term to", .synonyms = "到期日|租赁到期日|合同到期日|租期结束|结束日期|终止日期|截止日期|合同终止日|租期/止|租期/终止|租期/终止日|租期/结束|租期/结束日期|租赁期限/止|租赁期限/终止日|租赁期/止|合同期限/止|合同期限/终止日|合同期/止|计租期限/止|止"),
    F_TEXT("term", 80, "租期", "Term", .synonyms = "租赁期限|租赁期|合同期限|合同期|租约期|租赁期间|租期起止"),
    F_TEXT("free", 80, "免租期", "Rent-free period", .synonyms = "免租|免租天数|免租月数|装修免租期|装修期"),
    F_TEXT("price", 60, "租金单价", "Rent price", .synonyms = "单价|租金标准|月租金单价|日租金单价|日租金|租金单价/日|固定租金单价|基础租金|租金/单价|扣点|租金单价或扣点"),
    F_MONEY("monthly_rent", "月租金", "Monthly rent", .synonyms = "月租|月租金额|月租金合计|每月租金|月固定租金|租金/月租金|租金/月"),
    F_TEXT("step", 120, "递增", "Steps", .synonyms = "递增率|递增方式|递增约定|递增比例|租金递增|年递增|年递增率"),
    F_TEXT("fee_price", 60, "物业费单价", "Property fee price", .synonyms = "物业费|物业管理费|物管费|物业费标准|物业管理费单价|物业费/单价"),
    F_TEXT("payment", 60, "付款方式", "Payment", .synonyms = "支付方式|付款周期|缴费方式|租金支付方式|交租方式|付款"),
    F_MONEY("deposit", "保证金", "Deposit", .synonyms = "押金|履约保证金|租赁保证金|租金保证金|质保金"),
    F_DAY("bill_from_on", "系统起账日", "Billed from", .synonyms = "起账日|系统出账起始日|出账起始日",
          .doc = "First day that bill runs charge; empty: the first day of the month of import"),
    F_LONGTEXT("remarks", 1000, "备注", "Remarks", .synonyms = "说明|其他约定"),
};
/* clang-format on */

/* -- what is kept over the rows ------------------------------------------------------------ */

static gpointer
roll_new(void)
{
    RentRoll *roll = g_new0(RentRoll, 1);

    roll->units =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
    roll->leases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return roll;
}

static void
roll_free(gpointer data)
{
    RentRoll *roll = data;

    g_hash_table_unref(roll->units);
    g_hash_table_unref(roll->leases);
    g_free(roll);
}

RentRoll *
rent_roll(Import *import)
{
    return import_memory(import, roll_new, roll_free);
}

static void
rent_free(gpointer data)
{
    RentRow *rent = data;

    g_free(rent->mobile);
    g_free(rent->landline);
    if (rent->members)
        g_ptr_array_unref(rent->members);
    g_free(rent);
}

/* -- one lease over several rows ------------------------------------------------------------ */

/* The lease that the row belongs to: that of the same number, or that of the row above whose merged cells it shares. */
static RentRow *
leader_of(Import *import, RentRoll *roll, const RentRow *rent)
{
    g_autofree char *key = rent->lease_no ? text_fold(rent->lease_no) : NULL;
    RentRow *leader = key ? g_hash_table_lookup(roll->leases, key) : NULL;
    gboolean days_shared = import_is_repeated(import, rent->row, "to_on")
                           || import_is_repeated(import, rent->row, "term");

    if (leader || key)
        return leader;
    if (roll->previous && !roll->previous->is_vacant
        && import_is_repeated(import, rent->row, "merchant") && days_shared)
        return roll->previous->leader;
    return NULL;
}

static void
check_same_lease(const Import *import, const RentRow *leader, RentRow *rent)
{
    int row = leader->row->row + 1;

    if (g_strcmp0(leader->merchant, rent->merchant) != 0)
        import_refuse(import, rent->row, "merchant", "与第 %d 行是同一合同，商户却不同",
                      "is the lease of row %d, but with another merchant", row);
    if (leader->from != rent->from || leader->to != rent->to)
        import_refuse(import, rent->row, *import_heading(import, "from_on") ? "from_on" : "term",
                      "与第 %d 行是同一合同，租期却不同",
                      "is the lease of row %d, but for other days", row);
    if (g_strcmp0(leader->unit_no, rent->unit_no) == 0)
        import_refuse(import, rent->row, "unit_no", "与第 %d 行重复", "is the same as in row %d",
                      row);
}

static void
join_lease(Import *import, RentRow *rent)
{
    RentRoll *roll = rent_roll(import);
    RentRow *leader = leader_of(import, roll, rent);

    rent->leader = leader ? leader : rent;
    if (leader) {
        check_same_lease(import, leader, rent);
        g_ptr_array_add(leader->members, rent);
        return;
    }
    rent->members = g_ptr_array_new();
    g_ptr_array_add(rent->members, rent);
    if (rent->lease_no)
        g_hash_table_insert(roll->leases, text_fold(rent->lease_no), rent);
}

/* Two rows of the sheet may not let one unit on one day; a vacant unit stands in it once. */
static void
check_unit_twice(Import *import, RentRow *rent)
{
    g_autofree char *key = text_fold(rent->unit_no);
    RentRoll *roll = rent_roll(import);
    GPtrArray *others = g_hash_table_lookup(roll->units, key);
    const char *from = *import_heading(import, "from_on") ? "from_on" : "term";

    if (!others) {
        others = g_ptr_array_new();
        g_hash_table_insert(roll->units, g_steal_pointer(&key), others);
    }
    for (guint i = 0; i < others->len; i++) {
        const RentRow *other = others->pdata[i];
        int row = other->row->row + 1;
        if (other->leader == rent->leader && !rent->is_vacant)
            continue; /* said above */
        if (rent->is_vacant || other->is_vacant)
            import_refuse(import, rent->row, "unit_no", "铺位 %s 与第 %d 行重复",
                          "unit %s stands in row %d too", rent->unit_no, row);
        else if (rent->from != DAY_NONE && other->from != DAY_NONE && rent->from <= other->to
                 && other->from <= rent->to)
            import_refuse(import, rent->row, from, "铺位 %s 的租期与第 %d 行重叠",
                          "the term for unit %s overlaps row %d", rent->unit_no, row);
    }
    g_ptr_array_add(others, rent);
}

/* -- leases that are there already ----------------------------------------------------------- */

/* The same merchant for the same days: the lease itself, imported before. */
static gboolean
is_same_lease(Ctx *ctx, const RentRow *rent, const Record *lease)
{
    g_autofree char *merchant = record_ref_label(ctx, "merchant", record_int(lease, "merchant_id"));

    return record_day(lease, "from_on") == rent->from && record_day(lease, "to_on") == rent->to
           && !record_is(lease, "state", "void")
           && (record_int(lease, "merchant_id") == rent->merchant_id
               || strcmp(merchant, rent->merchant) == 0);
}

static gboolean
judge_number(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(Record) lease =
        rent->lease_no ? record_find_by(ctx, "lease", "no", rent->lease_no, &failure) : NULL;

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!lease)
        return TRUE;
    if (is_same_lease(ctx, rent, lease))
        rent->lease_id = lease->id;
    else
        import_refuse(
            import, rent->row, "lease_no", "合同 %s 已存在，商户或租期不同；请用合同变更修改",
            "lease %s is there already with another merchant or term; change it by an amendment",
            rent->lease_no);
    return TRUE;
}

static gboolean
judge_overlap(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt =
        rent->unit_id && !rent->is_broken ? db_named(ctx->db, "lease.overlap", error) : NULL;

    if (!rent->unit_id || rent->is_broken)
        return TRUE;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "unit_id", rent->unit_id);
    db_bind_int(stmt, "lease_id", rent->lease_id);
    db_bind_day(stmt, "from_on", rent->from);
    db_bind_day(stmt, "to_on", rent->to);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (!row)
        return TRUE;
    gint64 other_id = db_int(stmt, 1);
    g_autofree char *no = g_strdup(db_text(stmt, 0));
    g_autofree char *from = day_dup(db_day(stmt, 2));
    g_autofree char *to = day_dup(db_day(stmt, 3));
    g_autoptr(Record) other = record_get(ctx, "lease", other_id, NULL, error);
    if (!other)
        return FALSE;
    if (!rent->lease_no && is_same_lease(ctx, rent, other))
        rent->lease_id = other_id;
    else
        import_refuse(import, rent->row, *import_heading(import, "from_on") ? "from_on" : "term",
                      "铺位 %s 在 %s 至 %s 已由合同 %s 租用",
                      "unit %s is let from %s to %s by lease %s", rent->unit_no, from, to, no);
    return TRUE;
}

/* -- judging ------------------------------------------------------------------------------------ */

/* A row without a merchant is a vacant unit, unless it carries a lease: then the name is missing. */
static void
judge_vacancy(const Import *import, RentRow *rent)
{
    static const char *const of_lease[] = { "lease_no", "from_on", "to_on", "term",
                                            "monthly_rent" };

    rent->is_vacant = rent_is_vacant(rent->merchant);
    if (!rent->is_vacant)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(of_lease); i++) {
        const char *cell = import_cell(import, rent->row, of_lease[i]);
        if (rent_is_vacant(cell) || import_is_repeated(import, rent->row, of_lease[i]))
            continue;
        if (rent->merchant == NULL)
            import_refuse(import, rent->row, "merchant", "有合同内容（%s），却没有商户",
                          "there is a lease (%s) but no merchant", cell);
        return;
    }
}

static gboolean
judge_let(Ctx *ctx, Import *import, RentRow *rent, GError **error)
{
    rent_judge_terms(import, rent);
    if (!rent_judge_party(ctx, import, rent, error))
        return FALSE;
    join_lease(import, rent);
    if (!rent->is_broken
        && (!judge_number(ctx, import, rent, error) || !judge_overlap(ctx, import, rent, error)))
        return FALSE;
    if (rent->lease_id)
        rent->leader->lease_id = rent->lease_id;
    return TRUE;
}

static gboolean
judge_row(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    RentRow *rent = g_new0(RentRow, 1);

    row->plan = rent;
    row->plan_free = rent_free;
    rent->row = row;
    rent->from = rent->to = rent->free_from = rent->free_to = DAY_NONE;
    rent->leader = rent;
    rent->unit_no = import_text(import, row, "unit_no");
    rent->merchant = import_text(import, row, "merchant");
    rent->lease_no = import_text(import, row, "lease_no");
    judge_vacancy(import, rent);
    row->label = g_strjoin(" ", rent->unit_no ? rent->unit_no : "",
                           rent->is_vacant ? NULL : rent->merchant, NULL);
    if (!rent_judge_unit(ctx, import, rent, error)
        || (!rent->is_vacant && !judge_let(ctx, import, rent, error)))
        return FALSE;
    if (rent->unit_no)
        check_unit_twice(import, rent);
    rent_roll(import)->previous = rent;
    row->id = rent->is_vacant ? rent->unit_id : rent->lease_id;
    if (row->outcome != IMPORT_ERROR)
        row->outcome = row->id ? IMPORT_UPDATE : IMPORT_CREATE;
    else
        rent->is_broken = rent->leader->is_broken = TRUE;
    return TRUE;
}

/* -- saving --------------------------------------------------------------------------------------- */

typedef struct {
    const char *theirs; /* field of the record; a prefix where it ends with '[' */
    const char *ours;   /* column of the rent roll */
} Rename;

static const Rename of_unit[] = { { "no", "unit_no" },         { "floor_id", "floor" },
                                  { "code", "floor" },         { "name", "floor" },
                                  { "area_leasable", "area" }, { NULL, NULL } };
static const Rename of_party[] = {
    { "name", "merchant" }, { "mobile", "phone" }, { "category_id", "category" }, { NULL, NULL }
};
static const Rename of_lease[] = { { "no", "lease_no" },       { "units[", "unit_no" },
                                   { "terms[", "price" },      { "deposits[", "deposit" },
                                   { "units", "unit_no" },     { "merchant_id", "merchant" },
                                   { "rent_from_on", "free" }, { NULL, NULL } };

/* Complaints about records become complaints about cells. Always FALSE. */
static gboolean
rename_fields(GError **error, const Rename *names)
{
    const GPtrArray *list = error && app_error_is(*error, APP_ERROR_INVALID)
                                ? app_error_get_private(*error)->fields
                                : NULL;

    for (guint i = 0; list && i < list->len; i++) {
        FieldError *f = list->pdata[i];
        for (const Rename *r = names; r->theirs; r++) {
            gsize n = strlen(r->theirs);
            gboolean fits = r->theirs[n - 1] == '[' ? strncmp(f->field, r->theirs, n) == 0
                                                    : strcmp(f->field, r->theirs) == 0;
            if (!fits)
                continue;
            g_free(f->field);
            f->field = g_strdup(r->ours);
            break;
        }
    }
    return FALSE;
}

/* Where one rent is written for several units, it must be that of their prices. */
static gboolean
check_shared_rent(const RentRow *leader, GError **error)
{
    gint64 sum = 0, said = 0;

    for (guint i = 0; i < leader->members->len; i++) {
        const RentRow *rent = leader->members->pdata[i];
        if (!rent->price.price_e4 || strcmp(rent->price.basis, "per_m2_month") != 0)
            return TRUE; /* only months are compared; days leave room for what a month is */
        sum += wide_div_half_away((Wide) rent->area_dm2 * rent->price.price_e4, 10000);
        said += i && rent->monthly_shared ? 0 : rent->monthly_fen;
    }
    if (said == 0 || ABS(said - sum) <= 100 * (gint64) leader->members->len)
        return TRUE;
    g_autofree char *a = money_format_grouped(said);
    g_autofree char *b = money_format_grouped(sum);
    return app_error_field(error, "monthly_rent", "differs",
                           "月租金 %s 元与各铺位单价 × 面积之和 %s 元不符",
                           "monthly rent %s and the sum of price x area %s differ", a, b);
}

static gboolean
adopt_lease(Ctx *ctx, Record *lease, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (flow_apply(ctx, lease, "adopt", NULL, &failure))
        return lease_units_refresh(ctx, lease, error);
    if (app_error_is(failure, APP_ERROR_CONFLICT))
        return app_error_field(error, "from_on", "overlap", EACH_OWN_ZH, EACH_OWN_EN,
                               app_error_text(failure, LANG_ZH), app_error_text(failure, LANG_EN));
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static gboolean
save_lease(Ctx *ctx, Import *import, const RentRow *leader, GError **error)
{
    g_autoptr(Record) lease = record_new(registry_def(ctx->registry, "lease"));
    const char *remarks = import_text(import, leader->row, "remarks");
    const Value *billed = import_value(import, leader->row, "bill_from_on");

    if (!check_shared_rent(leader, error))
        return FALSE;
    if (leader->lease_no)
        record_set_text(lease, "no", leader->lease_no);
    if (remarks)
        record_set_text(lease, "special", remarks);
    if (billed && !billed->is_null)
        record_set_day(lease, "bill_from_on", billed->i);
    json_t *body = rent_lease_json(leader);
    gboolean ok = lease_compose(ctx, lease, body, error);
    json_decref(body);
    return ok && adopt_lease(ctx, lease, error);
}

/* The units first; the lease with the last of its rows, when all its units are there. */
static gboolean
save_row(Ctx *ctx, Import *import, ImportRow *row, GError **error)
{
    RentRow *rent = row->plan, *leader = rent->leader;

    if (!rent_save_unit(ctx, import, rent, error))
        return rename_fields(error, of_unit);
    if (rent->is_vacant)
        return TRUE;
    if (!rent_save_party(ctx, import, rent, error))
        return rename_fields(error, of_party);
    gboolean is_last = leader->members->pdata[leader->members->len - 1] == rent;
    if (!is_last || leader->lease_id || leader->is_broken)
        return TRUE;
    return save_lease(ctx, import, leader, error) || rename_fields(error, of_lease);
}

const ImportKind rent_roll_import = {
    .name = "rent_roll",
    .zh = "租金表",
    .en = "Rent roll",
    .right = "lease",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .note_zh = "一行一个铺位；没有商户的行只登记铺位；同一合同编号的几行合为一份合同；单价可写 "
               "3.5元/㎡/天、105元/㎡/月 或 12%扣点",
    .note_en = "One row per unit; a row without a merchant registers the unit only; rows of one "
               "lease number make one lease; prices "
               "like 3.5元/㎡/天, 105元/㎡/月 or 12%扣点",
    .judge = judge_row,
    .save = save_row,
};
