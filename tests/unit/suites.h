/*
 * suites.h - the suites of the program `unit`: one declaration and one row (in
 * suites.c) for each file tests/unit/NAME.c.
 */
#ifndef UNIT_SUITES_H
#define UNIT_SUITES_H

#include "runner.h"

extern const struct suite suite_action;
extern const struct suite suite_asking;
extern const struct suite suite_axis;
extern const struct suite suite_base;
extern const struct suite suite_browse;
extern const struct suite suite_call;
extern const struct suite suite_canvas;
extern const struct suite suite_card;
extern const struct suite suite_course;
extern const struct suite suite_cell;
extern const struct suite suite_check;
extern const struct suite suite_compare;
extern const struct suite suite_complete;
extern const struct suite suite_conduct;
extern const struct suite suite_decode;
extern const struct suite suite_deed;
extern const struct suite suite_demo;
extern const struct suite suite_draft;
extern const struct suite suite_fact;
extern const struct suite suite_goal;
extern const struct suite suite_keeping;
extern const struct suite suite_killing;
extern const struct suite suite_lab;
extern const struct suite suite_layout;
extern const struct suite suite_learning;
extern const struct suite suite_lens;
extern const struct suite suite_lens_stage;
extern const struct suite suite_lesson;
extern const struct suite suite_moves;
extern const struct suite suite_notation;
extern const struct suite suite_notes;
extern const struct suite suite_outcome;
extern const struct suite suite_player;
extern const struct suite suite_predict;
extern const struct suite suite_program;
extern const struct suite suite_program_stage;
extern const struct suite suite_progress;
extern const struct suite suite_question;
extern const struct suite suite_rehearsal;
extern const struct suite suite_report;
extern const struct suite suite_sandbox;
extern const struct suite suite_score;
extern const struct suite suite_search;
extern const struct suite suite_shelf;
extern const struct suite suite_shorten;
extern const struct suite suite_stage;
extern const struct suite suite_faults;
extern const struct suite suite_timeline;
extern const struct suite suite_tracing;
extern const struct suite suite_unread;
extern const struct suite suite_wire;

#endif
