/* entities.h - all modules and all that can be approved, put together. */
#pragma once
#include "domain/approval/approval.h"

extern const EntityModule *const entity_modules[];
extern const ApprovalSubject *const approval_subjects[];
