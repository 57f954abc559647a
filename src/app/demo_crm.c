#include "app/demo_internal.h"
void demo_plan_crm(Demo *demo) { (void) demo; }
