/* docx.h - fills the company's own .docx templates. Placeholders are {{path}}, also where Word has cut
 * them into several runs; see README.md for the names and the rules. Not for PDF: see pdf.h. */
#pragma once
#include <glib.h>
#include <jansson.h>

#define DOCX_MAX_BYTES ((gsize) 20 * 1024 * 1024)      /* of a template */
#define DOCX_MAX_PART_BYTES ((gsize) 32 * 1024 * 1024) /* of one part unpacked */
#define DOCX_MAX_RATIO 200                             /* unpacked to packed, of parts over 1 MB */
#define DOCX_MAX_CLONES 20000                          /* rows and paragraphs made by repeating */

/* The template with @values (an object) in the places of its placeholders; every other part of the file
 * stays as it is, byte for byte. {{a.b}} goes through objects; through an array it joins with 、. A table
 * row that names a member of an array ({{units.no}}) is repeated for each element, as are rows or
 * paragraphs between {{#units}} and {{/units}}, where members may be named alone ({{no}}).
 * null gives nothing, true 是, false 否; line ends become line breaks. transfer full.
 * Errors: INVALID docx.unknown_field with one field complaint per unknown name; docx.not_a_document,
 * docx.old_doc, docx.encrypted, docx.has_macro, docx.broken, docx.too_large. */
GBytes *docx_merge(GBytes *template, const json_t *values, GError **error);
/* The names of all placeholders, each once, in order of appearance; the name of a repeated block stands
 * before those inside it. NULL-terminated, transfer full. Errors as above. */
char **docx_fields(GBytes *template, GError **error);
/* The words of the body, headers and footers, a line for each paragraph. transfer full. Errors as above. */
char *docx_text(GBytes *docx, GError **error);
