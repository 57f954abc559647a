/* docx_internal.h - between the container and the text of a document only. */
#pragma once
#include <libxml/tree.h>

#include "print/docx.h"

/* One merge: what is asked for and not there, and how much was made. */
typedef struct {
    GPtrArray *unknown; /* of char *, each once, owned */
    int n_clones;       /* past DOCX_MAX_CLONES the work stops */
} DocxMerge;

/* Fills the placeholders of one part in place. */
void docx_expand(xmlDocPtr doc, const json_t *values, DocxMerge *merge);
/* Appends the names of placeholders to @names, each once. */
void docx_collect(xmlDocPtr doc, GPtrArray *names);

/* Appends the text of each paragraph as a line. */
void docx_append_text(xmlDocPtr doc, GString *out);

/* docx_value.c: where a name is looked up, innermost first. */
typedef struct DocxScope DocxScope;
struct DocxScope {
    const DocxScope *outer;
    const char *name; /* path of the array this is an element of, NULL for the whole */
    const json_t *value;
};
/* Text of the value at @path, or NULL if there is none. transfer full. */
char *docx_value_text(const DocxScope *scope, const char *path);
/* The value at @path, or NULL. transfer none. */
const json_t *docx_value_find(const DocxScope *scope, const char *path);
/* The array that @path goes through, and the length of its own path; NULL if it ends before or meets
 * none. */
const json_t *docx_value_array(const DocxScope *scope, const char *path, gsize *name_len);
