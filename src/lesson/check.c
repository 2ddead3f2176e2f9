#include "lesson/check.h"
void lesson_check(const struct lesson *lesson, struct shelf *shelf, struct errs *errs){(void)lesson;(void)shelf;(void)errs;}
