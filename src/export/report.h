/*
 * report.h - the reports of many learners, written down as one.
 */
#ifndef EXPORT_REPORT_H
#define EXPORT_REPORT_H

#include "course/report.h"

/* Append one Markdown table of N reports: learners in rows and labs in columns, with a foot line;
 * where that is wider than WIDTH columns (0: never), labs in rows, and as many tables as it
 * takes. A line under it says what the cells mean. */
void export_report(struct str *to, const struct report *reports, size_t n, size_t width);

/* The same as JSON: one line for each lab of each learner. */
void export_report_json(struct str *to, const struct report *reports, size_t n);

#endif
