/* demo_names.c - invented people, brands, companies and numbers. Brand names are made of rare syllables, so that none is a
 * brand that exists; credit codes have a region that is not assigned and the right check character. */
#include "app/demo_internal.h"

#include "base/checkno.h"

#include <string.h>

static const char *const surnames[] = {
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈",
    "韩", "杨", "朱", "秦", "许", "何", "吕", "施", "张", "孔", "曹", "严", "华", "金",
    "魏", "陶", "姜", "谢", "邹", "苏", "潘", "葛", "范", "彭", "鲁", "韦"
};
static const char *const given[] = { "子涵", "雨欣", "思远", "嘉宁", "明轩", "若彤", "志强", "晓峰",
                                     "丽华", "建国", "海燕", "文静", "伟东", "晨曦", "佳琪", "浩然",
                                     "婉清", "永康", "秀兰", "国栋", "美玲", "俊杰", "诗涵", "振宇",
                                     "春燕", "立新", "梓萱", "向阳", "静怡", "天佑", "慧敏", "少华",
                                     "云飞", "玉珍", "启明", "安琪", "德胜" };
static const char *const first[] = { "岫", "砚", "汀", "栀", "霁", "鹭", "榆", "槿", "琥",
                                     "珞", "苔", "屿", "茭", "檐", "湄", "芷", "漪", "樾",
                                     "葭", "舸", "岑", "棹", "筠", "霂", "蘅", "澜" };
static const char *const second[] = { "禾", "舍", "野", "汐", "川", "墅", "岸", "序",
                                      "径", "笙", "杉", "麓", "渚", "岚", "棠", "荻" };

static const struct {
    const char *category;
    const char *words[4]; /* what such shops call themselves */
    const char *company;  /* what their companies call themselves */
} trades[] = {
    { "R01", { "衣橱", "服饰", "成衣", "裁缝铺" }, "服饰" },
    { "R02", { "鞋履", "箱包", "皮具", "步履" }, "皮具" },
    { "R03", { "珠宝", "银饰", "时计", "玉坊" }, "珠宝" },
    { "R04", { "美妆", "香氛", "护肤", "妆研" }, "化妆品" },
    { "R05", { "数码", "智家", "影音", "电器" }, "电子科技" },
    { "R06", { "家居", "寝室", "器物", "灯饰" }, "家居用品" },
    { "R07", { "运动", "户外", "骑行", "球社" }, "体育用品" },
    { "R08", { "鲜市", "食集", "果铺", "粮仓" }, "商贸" },
    { "R09", { "书坊", "文具", "玩偶社", "手账馆" }, "文化用品" },
    { "R10", { "汽车", "新能源车", "出行", "座驾" }, "汽车销售" },
    { "F01", { "小馆", "私厨", "家宴", "渔府" }, "餐饮管理" },
    { "F02", { "火锅", "烤肉", "涮坊", "铁板烧" }, "餐饮管理" },
    { "F03", { "面馆", "粉铺", "饭堂", "饺子" }, "餐饮管理" },
    { "F04", { "茶铺", "咖啡", "烘焙", "甜品" }, "食品" },
    { "F05", { "酒馆", "小酌", "酿酒屋", "夜酒" }, "餐饮管理" },
    { "L01", { "影城", "光影", "影院", "放映厅" }, "影院管理" },
    { "L02", { "量贩唱", "唱吧间", "歌房", "音乐房" }, "娱乐" },
    { "L03", { "电玩", "密室", "剧本馆", "桌游" }, "文化娱乐" },
    { "L04", { "健身", "瑜伽", "攀岩馆", "球馆" }, "体育发展" },
    { "K01", { "童装", "童鞋", "母婴", "童品" }, "母婴用品" },
    { "K02", { "乐园", "童玩城", "亲子馆", "游戏屋" }, "儿童娱乐" },
    { "K03", { "美学堂", "棋院", "舞社", "科学屋" }, "教育咨询" },
    { "S01", { "美发", "美甲", "美容", "造型" }, "美容服务" },
    { "S02", { "通讯厅", "营业厅", "服务厅", "手机店" }, "通信服务" },
    { "S03", { "眼镜", "口腔", "药房", "视光" }, "健康管理" },
    { "S04", { "洗护", "修补铺", "快印", "驿站" }, "生活服务" },
    { "M01", { "花车", "快闪", "巡展", "外摆" }, "展览展示" },
    { "M03", { "自助", "贩卖机", "共享坊", "拍照亭" }, "智能设备" },
};

char *
demo_person(Demo *demo)
{
    const char *family = surnames[demo_rand(demo) % G_N_ELEMENTS(surnames)];

    return demo_text(demo, "%s%s", family, given[demo_rand(demo) % G_N_ELEMENTS(given)]);
}

char *
demo_mobile(Demo *demo)
{
    guint n = demo->next_mobile++;
    static const char *const heads[] = { "191", "192", "195", "197" };

    return demo_text(demo, "%s0000%04u", heads[n % 4], (n * 7919 + 1234) % 10000);
}

char *
demo_credit_code(Demo *demo)
{
    g_autofree char *body = g_strdup_printf("91339900MA%07u", 2000000 + 3571 * demo->next_code++);
    g_autofree char *trial = g_strconcat(body, "0", NULL);

    return demo_text(demo, "%s%c", body, check_credit_code(trial).check_char);
}

static guint
trade_of(const char *category)
{
    for (guint i = 0; i < G_N_ELEMENTS(trades); i++) {
        if (strcmp(trades[i].category, category) == 0)
            return i;
    }
    g_error("no trade %s", category);
}

const char *
demo_category_word(const char *category)
{
    return trades[trade_of(category)].words[1];
}

/* Steps through all pairs of syllables before any comes again. */
DemoBrand *
demo_brand(Demo *demo, const char *category)
{
    DemoBrand *brand = demo_alloc(demo, sizeof *brand);
    guint n = demo->next_name++, pairs = G_N_ELEMENTS(first) * G_N_ELEMENTS(second);
    guint pair = n * 131 % pairs; /* 131 has no divisor in common with the number of pairs */

    brand->category = category;
    brand->name = demo_text(demo, "%s%s%s", first[pair / G_N_ELEMENTS(second)],
                            second[pair % G_N_ELEMENTS(second)],
                            trades[trade_of(category)].words[(n + n / pairs) % 4]);
    return brand;
}

DemoMerchant *
demo_merchant(Demo *demo, DemoBrand *brand, DemoBy owner)
{
    DemoMerchant *m = demo_alloc(demo, sizeof *m);
    gboolean small = demo_chance(demo, 20);
    g_autofree char *stem = g_utf8_substring(brand->name, 0, 2);

    m->brand = brand;
    m->category = brand->category;
    m->owner = owner;
    m->kind = small ? "sole_trader" : "company";
    m->name = small ? demo_text(demo, "云江市湖滨区%s店（个体工商户）", brand->name)
                    : demo_text(demo, "云江%s%s有限公司", stem,
                                trades[trade_of(brand->category)].company);
    m->short_name = brand->name;
    m->code = demo_credit_code(demo);
    m->legal_rep = demo_person(demo);
    m->contact = demo_person(demo);
    m->mobile = demo_mobile(demo);
    return m;
}
