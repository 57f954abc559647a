#include "print/docx_internal.h"

#include <libxml/parser.h>
#include <string.h>

#define NAME_MAX_BYTES 100

static gboolean
is_word(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL
           && strcmp((const char *) node->name, name) == 0
           && strstr((const char *) node->ns->href, "wordprocessingml") != NULL;
}

/* The w:t nodes of a paragraph, without those of paragraphs inside it (text boxes). */
static void
texts_add(xmlNode *node, GPtrArray *texts)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (is_word(child, "t"))
            g_ptr_array_add(texts, child);
        else if (child->type == XML_ELEMENT_NODE && !is_word(child, "p"))
            texts_add(child, texts);
    }
}

static void
append_node_text(const xmlNode *node, GString *out)
{
    xmlChar *content = xmlNodeGetContent(node);
    if (content != NULL)
        g_string_append(out, (const char *) content);
    xmlFree(content);
}

/* All text below @node; paragraphs are kept apart, for no placeholder reaches over their end. Tables
 * inside are left out on request: their rows speak for themselves. */
static void
text_add(xmlNode *node, gboolean with_tables, GString *out)
{
    if (is_word(node, "t")) {
        append_node_text(node, out);
        return;
    }
    if (is_word(node, "p"))
        g_string_append_c(out, '\n');
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE && (with_tables || !is_word(child, "tbl")))
            text_add(child, with_tables, out);
    if (is_word(node, "p"))
        g_string_append_c(out, '\n');
}

/* The next placeholder at or after @p: where it begins and ends, and its trimmed name. */
typedef struct {
    const char *start, *end;
    char *name; /* owned */
} Mark;

static gboolean
mark_next(const char *p, Mark *mark)
{
    g_clear_pointer(&mark->name, g_free);
    mark->start = strstr(p, "{{");
    if (mark->start == NULL)
        return FALSE;
    gsize line = strcspn(mark->start, "\n");
    const char *close = g_strstr_len(mark->start, (gssize) line, "}}");
    gsize len = close == NULL ? line : (gsize) (close - mark->start);
    /* Never closed: a name that cannot exist, so that the person looks at it. */
    const char *from = close == NULL ? mark->start : mark->start + 2;
    gsize name_len = MIN(len - (gsize) (from - mark->start), NAME_MAX_BYTES);
    g_autofree char *cut = g_strndup(from, name_len);
    mark->name = g_strstrip(g_utf8_make_valid(cut, -1));
    mark->end = close == NULL ? mark->start + line : close + 2;
    return TRUE;
}

static void
mark_clear(Mark *mark)
{
    g_free(mark->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mark, mark_clear)

static void
add_once(GPtrArray *names, const char *name)
{
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, g_strdup(name));
}

void
docx_collect(xmlDocPtr doc, GPtrArray *names)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(Mark) mark = { 0 };
    docx_append_text(doc, text);
    for (const char *p = text->str; mark_next(p, &mark); p = mark.end)
        if (*mark.name != '/')
            add_once(names, *mark.name == '#' ? g_strstrip(mark.name + 1) : mark.name);
}

void
docx_append_text(xmlDocPtr doc, GString *out)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    if (root != NULL)
        text_add(root, TRUE, out);
}

/* Writes @text into a w:t; line ends become w:br beside it. */
static void
text_set(xmlNode *node, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    xmlNode *at = node;
    xmlNodeSetContent(at, NULL);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (i > 0) {
            at = xmlAddNextSibling(at, xmlNewNode(node->ns, BAD_CAST "br"));
            at = xmlAddNextSibling(at, xmlNewNode(node->ns, BAD_CAST "t"));
        }
        xmlNodeAddContent(at, BAD_CAST lines[i]); /* escapes, unlike xmlNodeSetContent() */
        xmlNodeSetSpacePreserve(at, 1);
    }
}

/* Only what XML 1.0 can hold; a tab is a space in a run of text. */
static void
append_clean(GString *out, const char *value)
{
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '\t')
            g_string_append_c(out, ' ');
        else if ((c >= ' ' || c == '\n') && c != 0xFFFE && c != 0xFFFF)
            g_string_append_unichar(out, c);
    }
}

/* A value comes into the run in which its placeholder begins, and so takes that run's look. */
static void
paragraph_fill(xmlNode *paragraph, const DocxScope *scope, DocxMerge *merge)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GString) whole = g_string_new(NULL);
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_auto(Mark) mark = { 0 };
    texts_add(paragraph, texts);
    for (guint i = 0; i < texts->len; i++) {
        g_array_append_val(starts, whole->len);
        append_node_text(g_ptr_array_index(texts, i), whole);
    }
    if (!mark_next(whole->str, &mark))
        return;
    for (guint i = 0; i < texts->len; i++) {
        const char *from = whole->str + g_array_index(starts, gsize, i);
        const char *to = i + 1 < texts->len ? whole->str + g_array_index(starts, gsize, i + 1)
                                            : whole->str + whole->len;
        g_autoptr(GString) text = g_string_new(NULL);
        gboolean is_changed = FALSE;
        /* A mark may have begun in an earlier run: it is skipped up to its end. */
        gboolean more = mark_next(whole->str, &mark);
        while (more && mark.end <= from)
            more = mark_next(mark.end, &mark);
        const char *p = from;
        for (; more && mark.start < to; more = mark_next(mark.end, &mark)) {
            is_changed = TRUE;
            if (mark.start >= from) {
                g_string_append_len(text, p, mark.start - p);
                gboolean is_block = *mark.name == '#' || *mark.name == '/';
                g_autofree char *value = is_block ? NULL : docx_value_text(scope, mark.name);
                if (value != NULL)
                    append_clean(text, value);
                else
                    add_once(merge->unknown, mark.name);
            }
            p = MIN(mark.end, to);
        }
        g_string_append_len(text, p, to - p);
        if (is_changed)
            text_set(g_ptr_array_index(texts, i), text->str);
    }
}

static void expand_children(xmlNode *node, const DocxScope *scope, DocxMerge *merge);

/* Takes the marks {{#name}} and {{/name}} out of the texts below @node. */
static void
marks_remove(xmlNode *node, const char *name)
{
    if (is_word(node, "p")) {
        /* A mark may be cut into runs like any placeholder, so bytes are dropped by their place. */
        g_autoptr(GPtrArray) texts = g_ptr_array_new();
        texts_add(node, texts);
        g_autoptr(GString) whole = g_string_new(NULL);
        g_auto(Mark) mark = { 0 };
        for (guint i = 0; i < texts->len; i++)
            append_node_text(g_ptr_array_index(texts, i), whole);
        g_autofree gboolean *drop = g_new0(gboolean, whole->len + 1);
        gboolean is_found = FALSE;
        for (const char *p = whole->str; mark_next(p, &mark); p = mark.end)
            if ((*mark.name == '#' || *mark.name == '/')
                && strcmp(g_strstrip(mark.name + 1), name) == 0) {
                is_found = TRUE;
                for (const char *q = mark.start; q < mark.end; q++)
                    drop[q - whole->str] = TRUE;
            }
        gsize at = 0;
        for (guint i = 0; i < texts->len && is_found; i++) {
            g_autoptr(GString) old = g_string_new(NULL), kept = g_string_new(NULL);
            append_node_text(g_ptr_array_index(texts, i), old);
            for (gsize k = 0; k < old->len; k++, at++)
                if (!drop[at])
                    g_string_append_c(kept, old->str[k]);
            text_set(g_ptr_array_index(texts, i), kept->str);
        }
    }
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            marks_remove(child, name);
}

static char *
element_text(xmlNode *node, gboolean with_tables)
{
    GString *text = g_string_new(NULL);
    text_add(node, with_tables, text);
    return g_string_free(text, FALSE);
}

static gboolean
has_mark(const char *text, char sign, const char *name)
{
    g_auto(Mark) mark = { 0 };
    for (const char *p = text; mark_next(p, &mark); p = mark.end)
        if (*mark.name == sign && strcmp(g_strstrip(mark.name + 1), name) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
is_blank(xmlNode *node)
{
    g_autofree char *text = element_text(node, TRUE);
    return *g_strstrip(text) == '\0';
}

/* Word wants these ids once in a document. */
static void
ids_remove(xmlNode *node)
{
    for (xmlAttr *attr = node->properties, *next; attr != NULL; attr = next) {
        next = attr->next;
        if (strcmp((const char *) attr->name, "paraId") == 0
            || strcmp((const char *) attr->name, "textId") == 0)
            xmlRemoveProp(attr);
    }
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            ids_remove(child);
}

/* Puts copies of @first..@last, filled from @scope, before @first. @block names marks to take out. */
static void
range_copy(xmlNode *first, xmlNode *last, const char *block, const DocxScope *scope,
           DocxMerge *merge)
{
    xmlNode *holder = xmlNewNode(NULL, BAD_CAST "holder");
    xmlAddPrevSibling(first, holder);
    for (xmlNode *node = first; node != NULL; node = node == last ? NULL : node->next) {
        xmlNode *copy = NULL;
        if (++merge->n_clones > DOCX_MAX_CLONES
            || xmlDOMWrapCloneNode(NULL, node->doc, node, &copy, node->doc, holder, 1, 0) != 0
            || copy == NULL)
            continue;
        xmlAddChild(holder, copy);
        if (copy->type != XML_ELEMENT_NODE)
            continue;
        ids_remove(copy);
        if (block != NULL && (node == first || node == last)) {
            marks_remove(copy, block);
            /* A row or paragraph that held nothing but the mark was only there for it. */
            if (is_blank(copy)) {
                xmlUnlinkNode(copy);
                xmlFreeNode(copy);
            }
        }
    }
    /* One row is repeated over one array; what other arrays it names is joined in their cells. */
    if (first == last && holder->children != NULL && is_word(holder->children, "tr"))
        expand_children(holder->children, scope, merge);
    else
        expand_children(holder, scope, merge);
    for (xmlNode *child = holder->children, *next; child != NULL; child = next) {
        next = child->next;
        xmlUnlinkNode(child);
        xmlAddPrevSibling(holder, child);
    }
    xmlUnlinkNode(holder);
    xmlFreeNode(holder);
}

static void
range_remove(xmlNode *first, xmlNode *last)
{
    for (xmlNode *node = first, *next; node != NULL; node = next) {
        next = node == last ? NULL : node->next;
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
}

static void
texts_blank(xmlNode *node)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (is_word(child, "t"))
            xmlNodeSetContent(child, NULL);
        else if (child->type == XML_ELEMENT_NODE)
            texts_blank(child);
    }
}

/* TRUE if Word could not open @parent without @first..@last: a table needs a row, a cell a paragraph. */
static gboolean
is_needed(const xmlNode *parent, const xmlNode *first, const xmlNode *last)
{
    const char *name = (const char *) first->name;
    if (strcmp((const char *) parent->name, "body") == 0)
        return FALSE;
    gboolean inside = FALSE;
    for (const xmlNode *node = parent->children; node != NULL; node = node->next) {
        inside = inside || node == first;
        if (!inside && is_word(node, name))
            return FALSE;
        if (node == last)
            inside = FALSE;
    }
    return TRUE;
}

/* Repeats @first..@last for each element of @value, and takes the originals away. */
static void
range_repeat(xmlNode *first, xmlNode *last, const char *name, gboolean is_block,
             const json_t *value, const DocxScope *scope, DocxMerge *merge)
{
    gboolean is_once = !json_is_array(value) && !json_is_null(value) && !json_is_false(value)
                       && !(json_is_string(value) && json_string_length(value) == 0);
    size_t n = json_is_array(value) ? json_array_size(value) : is_once ? 1 : 0;
    const char *block = is_block ? name : NULL;
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        const DocxScope inner = { .outer = scope, .name = name, .value = item };
        range_copy(first, last, block, &inner, merge);
    }
    if (n == 0 && is_needed(first->parent, first, last)) {
        texts_blank(first);
        if (first != last)
            range_remove(first->next, last);
        return;
    }
    range_remove(first, last);
}

/* {{#name}} in @node: the sibling of the same kind that holds {{/name}}, or NULL. */
static xmlNode *
block_find(xmlNode *node, const char *text, char **name)
{
    g_auto(Mark) mark = { 0 };
    for (const char *p = text; mark_next(p, &mark); p = mark.end) {
        if (*mark.name != '#')
            continue;
        g_free(*name);
        *name = g_strstrip(g_strdup(mark.name + 1));
        if (has_mark(mark.end, '/', *name))
            return node;
        for (xmlNode *at = node->next; at != NULL; at = at->next) {
            if (!is_word(at, (const char *) node->name))
                continue;
            g_autofree char *other = element_text(at, FALSE);
            if (has_mark(other, '/', *name))
                return at;
        }
        return NULL;
    }
    return NULL;
}

/* The array that a table row goes through by naming a member, and the array's path. */
static const json_t *
row_array(const char *text, const DocxScope *scope, char **name)
{
    g_auto(Mark) mark = { 0 };
    for (const char *p = text; mark_next(p, &mark); p = mark.end) {
        gsize len;
        const json_t *array = docx_value_array(scope, mark.name, &len);
        if (array != NULL) {
            *name = g_strndup(mark.name, len);
            return array;
        }
    }
    return NULL;
}

/* One row or paragraph. Returns the node after what was done. */
static xmlNode *
unit_expand(xmlNode *node, const DocxScope *scope, DocxMerge *merge)
{
    xmlNode *after = node->next;
    g_autofree char *text = element_text(node, FALSE);
    g_autofree char *name = NULL;
    xmlNode *last = block_find(node, text, &name);
    if (last != NULL) {
        const json_t *value = docx_value_find(scope, name);
        after = last->next;
        if (value == NULL)
            add_once(merge->unknown, name);
        else
            range_repeat(node, last, name, TRUE, value, scope, merge);
        return after;
    }
    g_autofree char *array_name = NULL;
    const json_t *array = is_word(node, "tr") ? row_array(text, scope, &array_name) : NULL;
    if (array != NULL) {
        range_repeat(node, node, array_name, FALSE, array, scope, merge);
        return after;
    }
    if (is_word(node, "p"))
        paragraph_fill(node, scope, merge);
    expand_children(node, scope, merge);
    return after;
}

static void
expand_children(xmlNode *node, const DocxScope *scope, DocxMerge *merge)
{
    for (xmlNode *child = node->children, *next; child != NULL; child = next) {
        next = child->next;
        if (merge->n_clones > DOCX_MAX_CLONES)
            return;
        if (is_word(child, "p") || is_word(child, "tr"))
            next = unit_expand(child, scope, merge);
        else if (child->type == XML_ELEMENT_NODE)
            expand_children(child, scope, merge);
    }
}

void
docx_expand(xmlDocPtr doc, const json_t *values, DocxMerge *merge)
{
    const DocxScope root = { .value = values };
    xmlNode *node = xmlDocGetRootElement(doc);
    if (node != NULL)
        expand_children(node, &root, merge);
}
