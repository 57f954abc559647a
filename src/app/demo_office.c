#include "app/demo_internal.h"
void demo_plan_office(Demo *demo) { (void) demo; }
