#include "sheet/sheet_internal.h"

#include <string.h>

static const char *
local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *
sheet_xml_attr(const char **attrs, const char *name)
{
    for (; *attrs != NULL; attrs += 2)
        if (strcmp(local_name(attrs[0]), name) == 0)
            return attrs[1];
    return NULL;
}

static void
stop_on_error(SheetXml *xml)
{
    if (xml->error != NULL)
        XML_StopParser(xml->parser, XML_FALSE);
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **attrs)
{
    SheetXml *xml = user;
    if (xml->error == NULL && xml->start != NULL)
        xml->start(xml, local_name(name), attrs);
    stop_on_error(xml);
}

static void
on_end(void *user, const XML_Char *name)
{
    SheetXml *xml = user;
    if (xml->error == NULL && xml->end != NULL)
        xml->end(xml, local_name(name));
    stop_on_error(xml);
}

static void
on_text(void *user, const XML_Char *text, int len)
{
    SheetXml *xml = user;
    if (xml->text != NULL)
        g_string_append_len(xml->text, text, len);
}

/* Office never writes a document type; only an attack with entities does. */
static void
on_doctype(void *user, const XML_Char *name G_GNUC_UNUSED, const XML_Char *sysid G_GNUC_UNUSED,
           const XML_Char *pubid G_GNUC_UNUSED, int has_internal_subset G_GNUC_UNUSED)
{
    SheetXml *xml = user;
    if (xml->error == NULL)
        sheet_error_broken(&xml->error);
    stop_on_error(xml);
}

gboolean
sheet_xml_parse(SheetXml *xml, GBytes *data, GError **error)
{
    gsize len;
    const char *text = g_bytes_get_data(data, &len);
    xml->parser = XML_ParserCreate(NULL);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    enum XML_Status status = XML_Parse(xml->parser, text == NULL ? "" : text, (int) len, 1);
    g_clear_pointer(&xml->parser, XML_ParserFree);
    if (xml->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&xml->error));
        return FALSE;
    }
    return status == XML_STATUS_OK || sheet_error_broken(error);
}
