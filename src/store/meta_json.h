/* meta_json.h - entity tables as JSON for the pages, already cut to what a person may see. */
#pragma once
#include "store/registry.h"

/* "key": {"zh": …, "en": …} */
void meta_write_label(JsonOut *out, const char *key, const char *zh, const char *en);
/* One field as an object. */
void meta_write_field(JsonOut *out, const FieldDef *field);
/* One entity as an object. */
void meta_write_entity(const Ctx *ctx, const EntityModule *module, JsonOut *out);
/* The word of a field type: "money". */
const char *meta_type_name(FieldType type);
const char *meta_tone_name(Tone tone);
/* A value in its JSON form, unmasked. */
void meta_write_value(JsonOut *out, const FieldDef *field, const Value *value);
