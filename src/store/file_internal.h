/* file_internal.h - shared by the file_*.c of store only. */
#pragma once
#include "store/file.h"

/* Whether the header of a picture says a size that is worth keeping. TRUE where the kind says no size that we can read. */
gboolean file_picture_fits(const void *data, gsize len, const FileType *type);
