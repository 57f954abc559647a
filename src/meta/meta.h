/* meta.h - what an entity is: one const table per entity, read by everybody (schema, API, meta for
 * pages, import and export, history, permission matrix). Knows no database and no HTTP.
 * Start at EntityDef; the rows are written with the F_ macros. */
#pragma once
#include "base/error.h"

#include <glib.h>
#include <stddef.h>

/* Storage and JSON form of each type:
 *   TEXT      text                            "text"
 *   LONGTEXT  text, several lines             "text"
 *   INT       integer                         12
 *   BOOL      integer 0/1                     true
 *   MONEY     integer fen                     "3658.40"
 *   PRICE     integer 1/10000 yuan            "1.1000"
 *   AREA      integer 1/100 m2                "91.46"
 *   PERCENT   integer ppm                     "5"
 *   DAY       DATE or ISO text                "2026-03-01"
 *   INSTANT   integer microseconds UTC        "2026-03-01T08:30:00.000Z"
 *   ENUM      its token                       "draft"
 *   REF       integer id of a row of .ref     "7211…" written; {"id","label"} read
 *   JSON      canonical JSON text             any */
typedef enum {
    FT_TEXT,
    FT_LONGTEXT,
    FT_INT,
    FT_BOOL,
    FT_MONEY,
    FT_PRICE,
    FT_AREA,
    FT_PERCENT,
    FT_DAY,
    FT_INSTANT,
    FT_ENUM,
    FT_REF,
    FT_JSON,
    FT__N
} FieldType;

typedef enum {
    FF_REQUIRED = 1 << 0,
    FF_READONLY = 1 << 1,  /* set by the server only; refused in input */
    FF_SEARCH = 1 << 2,    /* feeds the global search: text, pinyin initials, phone tail */
    FF_SECRET = 1 << 3,    /* never leaves the server, never in history */
    FF_MASKED = 1 << 4,    /* confidential: shown masked unless the role may see it; reveal is logged */
    FF_IMMUTABLE = 1 << 5, /* may be given at creation only */
    FF_FILTER = 1 << 6,    /* offered as a filter of lists; indexed */
    FF_SORT = 1 << 7,      /* lists may be ordered by it; indexed */
    FF_NO_IMPORT = 1 << 8, /* not offered as a column of imports */
    FF_DERIVED = 1 << 9,   /* stored, kept by the server from other rows (unit.status) */
    FF_NO_INDEX = 1 << 10, /* a reference that nothing is looked up by, in tables of millions of rows */
} FieldFlags;

typedef enum { TONE_GRAY, TONE_GREEN, TONE_AMBER, TONE_BLUE, TONE_VIOLET, TONE_RED } Tone;

typedef struct {
    const char *token; /* stored and sent; never renamed once released */
    const char *zh;
    const char *en;
    Tone tone; /* colour of the pill wherever the value is shown */
} EnumItem;

/* Numbers whose form is checked beyond type and length; see base/checkno.h. */
typedef enum { CHECK_NONE, CHECK_CREDIT_CODE, CHECK_ID_NUMBER, CHECK_BANK_CARD, CHECK_PHONE, CHECK_MOBILE } CheckKind;

typedef struct {
    const char *name; /* column name and JSON key */
    const char *zh;   /* what people read */
    const char *en;
    const char *doc;       /* one sentence; goes to OpenAPI and the help bubble */
    const char *synonyms;  /* other spreadsheet headings, separated by '|' */
    const EnumItem *items; /* FT_ENUM: ends with a NULL token */
    const char *ref;       /* FT_REF: entity name */
    const char *preset;    /* value in JSON form if the input has none */
    gint64 min;
    gint64 max; /* value, or characters of text; 0: the type's own bound */
    FieldType type;
    FieldFlags flags;
    CheckKind check;
} FieldDef;

/* A group of form fields or a set of columns: names separated by blanks. */
typedef struct {
    const char *zh;
    const char *en;
    const char *fields;
} FieldGroup;

/* How row scope is decided for one record: the columns that name its people and places. A scope that an
 * entity has no column for gives no access at that scope. */
typedef struct {
    const char *owner;      /* REF staff: own, team, department */
    const char *unit;       /* REF unit: zone, through the zone register; "id" for unit itself */
    const char *parent;     /* REF entity whose scope applies instead (contact -> merchant) */
} ScopeDef;

typedef enum {
    EF_GROUP = 1 << 0,       /* belongs to the group, has no property_id (property, staff, role …) */
    EF_APPEND_ONLY = 1 << 1, /* rows are never updated or deleted (history, journal, entry) */
    EF_NO_CREATE = 1 << 2,   /* made by use cases only, not by the generic POST */
    EF_NO_UPDATE = 1 << 3,   /* changed by use cases only, not by the generic PATCH */
    EF_INTERNAL = 1 << 4,    /* no routes, not in meta (session, idempotency …) */
    EF_NO_IMPORT = 1 << 5,
    EF_DELETABLE = 1 << 6,   /* plain settings that nobody needs to keep may really be deleted */
} EntityFlags;

typedef struct EntityDef EntityDef;
struct EntityDef {
    const char *name; /* singular, snake_case; the table is the same word */
    const char *zh;
    const char *en;
    const char *doc;
    const FieldDef *fields;
    guint n_fields;
    const char *title;          /* field that names a record in pickers and references */
    const char *title_en;       /* the same for those who read English, where it is filled; NULL: the name has one form */
    const char *subtitle;       /* second line in pickers, may be NULL */
    const char *const *uniques; /* each "a b c": column sets, property_id is implied; NULL-terminated */
    const char *const *indexes; /* each "a b -c"; NULL-terminated */
    const char *frozen;         /* fields that never change once stored; both engines refuse it, and deletes too. NULL: none */
    const char *number_field;   /* filled by numbering at creation, pattern below */
    const char *number_pattern; /* "HT-{YYYY}-{4}": year and gap-free counter of that width */
    const char *state_field;    /* changed by the flow only; also the segment of the list */
    ScopeDef scope;
    /* Presentation that the generic pages need: order and grouping, no layout. */
    const char *list_columns;
    const char *list_filters;
    const char *list_sort; /* "-start_on" */
    const char *mobile_lines;
    const char *bulk; /* fields that may be set on many records at once: what classifies them */
    const FieldGroup *form; /* ends with NULL fields; NULL: one group of all writable fields */
    EntityFlags flags;
};

/* clang-format off: one line per macro is the point */
/* One macro per type, so that a row cannot forget what its type needs. Labels first, always both. */
#define F_TEXT(n, maxlen, zh_, en_, ...) { .name = (n), .type = FT_TEXT, .max = (maxlen), .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_LONGTEXT(n, maxlen, zh_, en_, ...) { .name = (n), .type = FT_LONGTEXT, .max = (maxlen), .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_INT(n, lo, hi, zh_, en_, ...) { .name = (n), .type = FT_INT, .min = (lo), .max = (hi), .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_BOOL(n, zh_, en_, ...) { .name = (n), .type = FT_BOOL, .max = 1, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_MONEY(n, zh_, en_, ...) { .name = (n), .type = FT_MONEY, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_PRICE(n, zh_, en_, ...) { .name = (n), .type = FT_PRICE, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_AREA(n, zh_, en_, ...) { .name = (n), .type = FT_AREA, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_PERCENT(n, zh_, en_, ...) { .name = (n), .type = FT_PERCENT, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_DAY(n, zh_, en_, ...) { .name = (n), .type = FT_DAY, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_INSTANT(n, zh_, en_, ...) { .name = (n), .type = FT_INSTANT, .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_ENUM(n, its, zh_, en_, ...) { .name = (n), .type = FT_ENUM, .items = (its), .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_REF(n, ent, zh_, en_, ...) { .name = (n), .type = FT_REF, .ref = (ent), .zh = (zh_), .en = (en_), __VA_ARGS__ }
#define F_JSON(n, zh_, en_, ...) { .name = (n), .type = FT_JSON, .zh = (zh_), .en = (en_), __VA_ARGS__ }

/* clang-format on */

/* One field's value. Which member counts follows from the field's type: text for TEXT, LONGTEXT, ENUM, JSON;
 * i for all others (DAY as Day). */
typedef struct {
    gboolean is_null;
    gint64 i;
    char *text; /* owned */
} Value;

void value_clear(Value *value);
void value_copy(Value *to, const Value *from);
gboolean value_equal(const FieldDef *field, const Value *a, const Value *b);

/* Field by name; NULL if there is none. transfer none. */
const FieldDef *entity_find_field(const EntityDef *ent, const char *name);
/* Index of a field; -1 if none. */
int entity_field_index(const EntityDef *ent, const char *name);
/* Enum item by token; NULL if none. */
const EnumItem *enum_find(const EnumItem *items, const char *token);
/* Enum item by token or by either label (for imports). */
const EnumItem *enum_find_label(const EnumItem *items, const char *text);
gboolean field_is_text(const FieldDef *field);

/* Reads what a person or a program typed into @value and checks type, bounds and check digits. On refusal adds
 * one field complaint named @at to @error. REF values are checked for form only. @lenient accepts what messy
 * spreadsheets hold: full-width digits, 2024.3.1, Excel serial days, "1,234.50元", "91.46㎡", labels of enums.
 * Empty text gives a null value. */
gboolean field_parse(const FieldDef *field, const char *text, gboolean lenient, const char *at, Value *value,
                     GError **error);
/* The JSON form as text without quotes, e.g. "3658.40"; NULL for null. transfer full. */
char *field_format(const FieldDef *field, const Value *value);

/* Checks all tables: labels, unique names, references resolve and come earlier, enum lists end, form and list name
 * real fields, no reserved words of either engine. FALSE names the first fault. */
gboolean meta_check(const EntityDef *const *entities, GError **error);
/* Entity by name among @entities (NULL-terminated); NULL if none. */
const EntityDef *meta_find(const EntityDef *const *entities, const char *name);
