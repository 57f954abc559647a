#!/usr/bin/env python3
"""Writes the example spreadsheets of examples/: tools/make_examples.py [folder].

Everything in them is invented. The workbook looks like those that people keep for years: titles, two heading rows, merged cells,
dates and numbers in several spellings, totals in between. Standard library only; the same output on every run.
"""
import datetime
import os
import random
import sys
import zipfile
from xml.sax.saxutils import escape

TITLE, HEAD, BODY, DATE, MONEY, PERCENT = range(6)  # cell styles, see STYLES
EPOCH = datetime.date(1899, 12, 30)

STYLES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="SimSun"/></font><font><b/><sz val="14"/><name val="SimHei"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


def letter(col):
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


class Sheet:
    """Cells of one sheet: text, numbers, days."""

    def __init__(self, name):
        self.name, self.rows, self.merges = name, {}, []

    def put(self, row, col, value, style=BODY):
        if value is None or value == "":
            return
        self.rows.setdefault(row, {})[col] = (value, style)

    def merge(self, row1, col1, row2, col2):
        if (row1, col1) != (row2, col2):
            self.merges.append(f"{letter(col1)}{row1 + 1}:{letter(col2)}{row2 + 1}")

    def xml(self):
        out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
               '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
        for row in sorted(self.rows):
            out.append(f'<row r="{row + 1}">')
            for col in sorted(self.rows[row]):
                value, style = self.rows[row][col]
                ref = f'{letter(col)}{row + 1}'
                if isinstance(value, datetime.date):
                    out.append(f'<c r="{ref}" s="{style}"><v>{(value - EPOCH).days}</v></c>')
                elif isinstance(value, (int, float)):
                    out.append(f'<c r="{ref}" s="{style}"><v>{value!r}</v></c>')
                else:
                    out.append(f'<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            out.append('</row>')
        out.append('</sheetData>')
        if self.merges:
            out.append(f'<mergeCells count="{len(self.merges)}">')
            out.extend(f'<mergeCell ref="{ref}"/>' for ref in self.merges)
            out.append('</mergeCells>')
        out.append('</worksheet>')
        return "".join(out)


def write_book(path, sheet):
    parts = {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{escape(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet.xml(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2026, 3, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            book.writestr(info, text)


# -- invented people and companies ------------------------------------------------------------

CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(n):
    """A code with a right check character (GB 32100-2015) under a made-up office."""
    body = f"91330188MA9{n:06d}"
    total = sum(CODE_CHARS.index(c) * w for c, w in zip(body, CODE_WEIGHTS))
    return body + CODE_CHARS[(31 - total % 31) % 31]


FIRST = "云禾青木山雨知南望川初朴野棠素屿澄松岚栖月汀鹿溪白渡闻砚"
SECOND = "里间舍堂集作选物记屋社町坊宿野谷洲苑居语"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "明芳伟丽强敏静磊洋艳勇娟涛燕杰慧鹏琳波欣"
TRADES = [  # category, what a brand of it is called, what a company of it is called
    ("服装服饰", "服饰", "服饰"), ("鞋包箱包", "鞋包", "皮具"), ("珠宝配饰/钟表", "珠宝", "珠宝"), ("美妆个护", "美妆", "化妆品"),
    ("数码家电", "数码", "数码科技"), ("家居家饰", "家居", "家居用品"), ("运动户外", "户外", "体育用品"), ("正餐", "小馆", "餐饮管理"),
    ("火锅/烤肉", "火锅", "餐饮管理"), ("轻餐/快餐小吃", "面馆", "餐饮管理"), ("咖啡茶饮/烘焙甜品", "茶事", "餐饮管理"),
    ("图书文创/潮玩", "书店", "文化创意"), ("儿童零售", "童装", "服饰"), ("儿童游乐", "乐园", "儿童游乐"), ("教育培训", "美育", "教育咨询"),
    ("美容美发/美甲", "美发", "美容服务"), ("药店/眼镜/口腔", "眼镜", "眼镜销售"),
]


class Maker:
    def __init__(self, seed):
        self.random, self.n, self.used = random.Random(seed), 0, set()

    def name(self):
        while True:
            name = self.random.choice(FIRST) + self.random.choice(SECOND)
            if self.random.random() < 0.4:
                name = self.random.choice(FIRST) + name
            if name not in self.used:
                self.used.add(name)
                return name

    def merchant(self):
        self.n += 1
        category, brand, company = self.random.choice(TRADES)
        name = self.name()
        return {
            "category": category, "brand": name + brand, "merchant": f"兰汀市{name}{company}有限公司", "code": credit_code(self.n),
            "contact": self.random.choice(SURNAMES) + self.random.choice(GIVEN),
            "phone": f"1990000{self.n:04d}", "no": f"LT-{2023 + self.n % 3}-{self.n:04d}",
        }


def wide(text):
    """Full-width digits, as an input method leaves them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spell_day(maker, day):
    """(value, style) in one of the ways people write days."""
    way = maker.random.randrange(8)
    if way < 3:
        return day, DATE
    if way == 3:
        return (day - EPOCH).days, BODY  # a serial number that lost its format
    if way == 4:
        return f"{day.year}年{day.month}月{day.day}日", BODY
    if way == 5:
        return f"{day.year}/{day.month:02d}/{day.day:02d}", BODY
    if way == 6:
        return wide(f"{day.year}.{day.month}.{day.day}"), BODY
    return f"{day.year}.{day.month}.{day.day}", BODY


def spell_money(maker, yuan):
    way = maker.random.randrange(4)
    if way < 2:
        return round(yuan, 2), MONEY
    return (f"{yuan:,.2f}元" if way == 2 else f"￥{yuan:,.2f}"), BODY


def spell_area(maker, area):
    way = maker.random.randrange(5)
    if way < 3:
        return area
    return f"{area:.2f}㎡" if way == 3 else f" {area:.2f} 平米"


def plus_years(day, years):
    return day.replace(year=day.year + years) - datetime.timedelta(days=1)


HEADS = [  # parent, child, what it holds
    ("序号", None), ("楼层", None), ("铺位号", None), ("面积（㎡）", "建筑面积"), ("面积（㎡）", "计租面积"), ("业态", None),
    ("品牌名称", None), ("承租方", None), ("统一社会信用代码", None), ("联系人", None), ("联系电话", None), ("合同编号", None),
    ("租赁期限", "起"), ("租赁期限", "止"), ("免租期", None), ("租金", "单价（元/㎡/月）"), ("租金", "月租金（元）"), ("递增", None),
    ("物业费（元/㎡/月）", None), ("付款方式", None), ("保证金（元）", None), ("备注", None),
]
(NO, FLOOR, UNIT, BUILT, AREA, CATEGORY, BRAND, MERCHANT, CODE, CONTACT, PHONE, LEASE, FROM, TO, FREE, PRICE, MONTH, STEP, FEE,
 PAYMENT, DEPOSIT, REMARKS) = range(len(HEADS))
SHARED = (CATEGORY, BRAND, MERCHANT, CODE, CONTACT, PHONE, LEASE, FROM, TO, FREE, MONTH, STEP, PAYMENT, DEPOSIT)


def write_heads(sheet, row):
    col = 0
    while col < len(HEADS):
        parent, child = HEADS[col]
        sheet.put(row, col, parent, HEAD)
        if child is None:
            sheet.merge(row, col, row + 1, col)
            col += 1
            continue
        first = col
        while col < len(HEADS) and HEADS[col][0] == parent and HEADS[col][1]:
            sheet.put(row + 1, col, HEADS[col][1], HEAD)
            col += 1
        sheet.merge(row, first, row, col - 1)


def write_titles(sheet):
    sheet.put(0, 0, "兰汀广场租金一览表", TITLE)
    sheet.merge(0, 0, 0, len(HEADS) - 1)
    sheet.put(1, 0, "编制部门：招商部    数据截止：2026年3月1日    单位：元、平方米", BODY)
    sheet.merge(1, 0, 1, len(HEADS) - 1)
    write_heads(sheet, 2)
    return 4


def write_unit(sheet, maker, row, unit):
    sheet.put(row, UNIT, wide(unit["unit"]) if maker.random.random() < 0.05 else unit["unit"])
    sheet.put(row, BUILT, spell_area(maker, unit["built"]))
    sheet.put(row, AREA, spell_area(maker, unit["area"]))


def write_lease(sheet, maker, row, lease, areas):
    """The cells of a lease; with several units they are merged over its rows."""
    random_ = maker.random
    price, months = lease["price"], lease["deposit_months"]
    month = round(price * sum(areas) + 1e-9, 2)
    sheet.put(row, CATEGORY, lease["category"])
    sheet.put(row, BRAND, lease["brand"])
    sheet.put(row, MERCHANT, lease["merchant"])
    sheet.put(row, CODE, lease["code"])
    sheet.put(row, CONTACT, lease["contact"])
    way = random_.randrange(4)
    sheet.put(row, PHONE, int(lease["phone"]) if way == 0 else wide(lease["phone"]) if way == 1
              else f"{lease['phone'][:3]} {lease['phone'][3:7]} {lease['phone'][7:]}" if way == 2 else lease["phone"])
    sheet.put(row, LEASE, lease["no"])
    sheet.put(row, FROM, *spell_day(maker, lease["from"]))
    sheet.put(row, TO, *spell_day(maker, lease["to"]))
    sheet.put(row, FREE, random_.choice(["", "", "无", "30天", "2个月", "１个月", "45", "/"]))
    sheet.put(row, MONTH, *spell_money(maker, month))
    step = random_.choice(["", "无", "5%", "每年递增5%", "每两年递增6%", "第3年起每年递增3%", 0.05, "-"])
    sheet.put(row, STEP, step, PERCENT if step == 0.05 else BODY)
    sheet.put(row, PAYMENT, random_.choice(["月付", "季付", "押三付一", "押三付三", "半年付", "按月支付", "押2付3"]))
    sheet.put(row, DEPOSIT, *spell_money(maker, month * months))
    for k, area in enumerate(areas):
        way = random_.randrange(4) if len(areas) == 1 else 0
        sheet.put(row + k, PRICE, price if way < 2 else wide(f"{price:.2f}") if way == 2 else f"{price:.2f}元/㎡/月")
        sheet.put(row + k, FEE, 28 if way else "28.00元")
    if len(areas) > 1:
        for col in SHARED:
            if col in sheet.rows[row]:
                sheet.merge(row, col, row + len(areas) - 1, col)


def new_lease(maker, start=None):
    lease = maker.merchant()
    begin = start or datetime.date(2023 + maker.random.randrange(3), 1 + maker.random.randrange(12), maker.random.choice([1, 1, 1, 10, 15, 16]))
    years = maker.random.choice([3, 3, 4, 5, 8])
    while plus_years(begin, years) < datetime.date(2026, 4, 1):
        years += 1
    lease.update({"from": begin, "to": plus_years(begin, years), "price": maker.random.randrange(320, 1600) / 4,
                  "deposit_months": maker.random.choice([2, 3])})
    return lease


def new_unit(maker, letter_, n):
    area = maker.random.randrange(2400, 26000) / 100
    return {"unit": f"{letter_}{n:02d}", "area": area, "built": round(area * 1.4, 2)}


def write_floor(sheet, maker, row, floor, prefix, n_units, number):
    """One floor: units, leases over up to three units, vacant ones, a subtotal."""
    first = row
    n = 1
    while n <= n_units:
        group = 1 if maker.random.random() < 0.94 else maker.random.choice([2, 3])
        group = min(group, n_units - n + 1)
        units = [new_unit(maker, prefix, n + k) for k in range(group)]
        for k, unit in enumerate(units):
            sheet.put(row + k, NO, number + n + k - 1)
            write_unit(sheet, maker, row + k, unit)
        if group == 1 and maker.random.random() < 0.08:
            sheet.put(row, MERCHANT, maker.random.choice(["空置", "（空铺）", "", "待租"]))
            sheet.put(row, REMARKS, maker.random.choice(["", "上下水、燃气具备", "柱位较多"]))
        else:
            write_lease(sheet, maker, row, new_lease(maker), [unit["area"] for unit in units])
        n += group
        row += group
    sheet.put(first, FLOOR, floor)
    sheet.merge(first, FLOOR, row - 1, FLOOR)
    sheet.put(row, FLOOR, f"{floor}小计")
    sheet.put(row, REMARKS, f"{n_units} 个铺位")
    return row + 1, number + n_units


def messy():
    sheet, maker = Sheet("租金表2026"), Maker(20260301)
    row, number = write_titles(sheet), 1
    floors = [("B1", "B1", 46), ("一层", "A1", 58), ("2F", "A2", 60), ("三层", "A3", 62), ("L4", "A4", 48), ("五楼", "A5", 30)]
    for k, (floor, prefix, n) in enumerate(floors):
        row, number = write_floor(sheet, maker, row, floor, prefix, n, number)
        if k == 2:  # the heading printed again at the top of a page
            write_heads(sheet, row)
            row += 2
    # one unit that changes hands: the next lease follows the day after
    one, unit = new_lease(maker, datetime.date(2023, 5, 1)), new_unit(maker, "A5", 31)
    one["to"] = datetime.date(2026, 4, 30)
    two = new_lease(maker, datetime.date(2026, 5, 1))
    for lease in (one, two):
        sheet.put(row, NO, number)
        sheet.put(row, FLOOR, "五楼")
        sheet.put(row, UNIT, unit["unit"])
        sheet.put(row, AREA, unit["area"])
        write_lease(sheet, maker, row, lease, [unit["area"]])
        row += 1
    sheet.put(row, NO, "合  计")
    sheet.put(row, AREA, "—")
    row += 3  # blank rows that people leave
    sheet.put(row, NO, "备注：本表不含广告位与多经点位；空置铺位以工程部复测面积为准。")
    sheet.put(row + 1, NO, "制表人：罗内勤        审核：李经理")
    sheet.put(row + 40, NO, " ")
    return sheet


def with_errors():
    """The same form with true mistakes; the remark says which."""
    sheet, maker = Sheet("租金表"), Maker(7)
    row = write_titles(sheet)
    mistakes = ["缺少到期日", "同一铺位租期重叠", "电话少一位", "信用代码校验不符", "月租金与单价不符", "业态不存在", "缺少面积", "有合同没有商户",
                "到期日早于起租日", "日期不存在", "单价看不懂", "面积不是数"]
    overlapped = None
    for n in range(1, 37):
        unit, lease = new_unit(maker, "C1", n), new_lease(maker)
        write_unit(sheet, maker, row, unit)
        write_lease(sheet, maker, row, lease, [unit["area"]])
        sheet.put(row, NO, n)
        sheet.put(row, FLOOR, "一层")
        cells = sheet.rows[row]
        fault = mistakes[n // 3 - 1] if n % 3 == 0 else None
        if fault == "缺少到期日":
            del cells[TO]
        elif fault == "同一铺位租期重叠":
            cells[UNIT] = (overlapped, BODY)
        elif fault == "电话少一位":
            cells[PHONE] = (lease["phone"][:-1], BODY)
        elif fault == "信用代码校验不符":
            cells[CODE] = (lease["code"][:-1] + ("0" if lease["code"][-1] != "0" else "1"), BODY)
        elif fault == "月租金与单价不符":
            cells[MONTH] = (round(lease["price"] * unit["area"] + 100, 2), MONEY)
            cells[PRICE] = (lease["price"], BODY)
        elif fault == "业态不存在":
            cells[CATEGORY] = ("量子餐饮", BODY)
        elif fault == "缺少面积":
            del cells[AREA], cells[BUILT]
        elif fault == "有合同没有商户":
            del cells[MERCHANT]
        elif fault == "到期日早于起租日":
            cells[TO] = (datetime.date(2022, 1, 1), DATE)
        elif fault == "日期不存在":
            cells[FROM] = ("2024.2.30", BODY)
        elif fault == "单价看不懂":
            cells[PRICE] = ("面议", BODY)
        elif fault == "面积不是数":
            cells[AREA] = ("约一百平", BODY)
        if fault:
            sheet.put(row, REMARKS, f"示例错误：{fault}")
        else:
            overlapped = unit["unit"]
        row += 1
    sheet.put(row, NO, "合计")
    return sheet


def merchants_csv():
    maker = Maker(11)
    lines = ["商户名称,简称,主体性质,商户等级,统一社会信用代码,法人代表,业态,公司地址,邮箱,现有门店数,年营业额,备注"]
    for n in range(60):
        one = maker.merchant()
        short = one["brand"]
        sales = f"{maker.random.randrange(80, 900)}万" if n % 3 == 0 else f"\"{maker.random.randrange(800, 9000) * 1000:,}\""
        shops = f"{maker.random.randrange(1, 60)}" + ("个" if n % 5 == 0 else "")
        lines.append(",".join([one["merchant"], short, "企业", "普通" if n % 4 else "重点", credit_code(5000 + n), one["contact"], one["category"],
                               f"兰汀市滨河路{n + 1}号", f"office{n + 1}@example.com", shops.replace("个", ""), sales,
                               "\"首店，关注\"" if n % 7 == 0 else ""]))
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def bank_statement_csv():
    """As one large bank's site writes it: account and period above, money in and out in two columns, times with the days, a total below; GB18030."""
    maker = Maker(23)
    kinds = [("网银转账", "租金"), ("网银转账", "物业费"), ("跨行汇款", "{unit} 三月租金"), ("网银转账", "交款单 JK-2026-0000{n}"), ("现金存入", "")]
    lines = ["账号：6222 0000 1111 2222 333,,,,,,,,", "户名：兰汀商业管理有限公司,,,,,,,,", "查询期间：20260301-20260331,,,,,,,,", "",
             "交易时间,借方发生额（支取）,贷方发生额（收入）,余额,对方户名,对方账号,摘要,附言,交易流水号"]
    balance, paid_in, paid_out = 120000000, 0, 0
    for n in range(40):
        one = maker.merchant()
        cents = maker.random.randrange(20000, 900000) * 10
        out = n % 9 == 8
        balance += -cents if out else cents
        paid_in, paid_out = paid_in + (0 if out else cents), paid_out + (cents if out else 0)
        summary, memo = ("代发水电费", "水电费") if out else kinds[n % len(kinds)]
        money = f"\"{cents / 100:,.2f}\""
        lines.append(",".join([f"2026-03-{n // 2 + 1:02d} {9 + n % 8:02d}:{n % 60:02d}:07", money if out else "", "" if out else money,
                               f"\"{balance / 100:,.2f}\"", "兰汀供电公司" if out else one["merchant"], f"6228{n:012d}", summary,
                               memo.format(unit=f"A1{n:02d}", n=n % 9), f"2026030{n // 5}{n:08d}"]))
    lines.append(f"合计,\"{paid_out / 100:,.2f}\",\"{paid_in / 100:,.2f}\",,,,,,")
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "examples")
    write_book(os.path.join(folder, "rent-roll-messy.xlsx"), messy())
    write_book(os.path.join(folder, "rent-roll-with-errors.xlsx"), with_errors())
    with open(os.path.join(folder, "merchants.csv"), "w", encoding="utf-8", newline="") as out:
        out.write(merchants_csv())
    with open(os.path.join(folder, "bank-statement.csv"), "wb") as out:
        out.write(bank_statement_csv())


main()
