#include "lesson/draft.h"

#include "base/file.h"
#include "base/text.h"
#include "lesson/check.h"
#include "lesson/front.h"
#include "lesson/print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNDO_MOST = 200 };

static struct draft_row copy_row(const struct draft_row *row)
{
	struct draft_row copy = {.from = row->from};

	for (int r = 0; r < ROLES; r++)
		copy.cell[r] = mem_strdup(row->cell[r]);
	return copy;
}

static void free_row(struct draft_row *row)
{
	for (int r = 0; r < ROLES; r++)
		free(row->cell[r]);
}

static struct draft_rows copy_rows(const struct draft_rows *rows)
{
	struct draft_rows copy = {0};

	for (size_t i = 0; i < rows->list.n; i++)
		vec_push(&copy.list, copy_row(&rows->list.at[i]));
	return copy;
}

static void free_rows(struct draft_rows *rows)
{
	for (size_t i = 0; i < rows->list.n; i++)
		free_row(&rows->list.at[i]);
	vec_free(&rows->list);
}

static struct draft_row empty_row(void)
{
	return (struct draft_row){{mem_strdup(""), mem_strdup("")}, SIZE_MAX};
}

static struct draft_rows original_rows(const struct demo *demo)
{
	struct draft_rows rows = {0};

	for (size_t i = 0; i < demo->table.rows.n; i++) {
		const struct cell *cell = demo->table.rows.at[i].cell;
		struct draft_row row = {{mem_strdup(cell[ROLE_A].text), mem_strdup(cell[ROLE_B].text)},
					i};

		vec_push(&rows.list, row);
	}
	if (rows.list.n == 0)
		vec_push(&rows.list, empty_row());
	return rows;
}

void draft_start(struct draft *d, const struct lesson *lesson, const struct demo *demo)
{
	*d = (struct draft){.lesson = lesson, .original = demo, .rows = original_rows(demo)};
}

static void forget_undone(struct draft *d)
{
	for (size_t i = 0; i < d->undone.n; i++)
		free_rows(&d->undone.at[i]);
	d->undone.n = 0;
}

/* What is now can be gone back to from here on. */
static void remember(struct draft *d)
{
	forget_undone(d);
	if (d->done.n == UNDO_MOST) {
		free_rows(&d->done.at[0]);
		memmove(d->done.at, d->done.at + 1, --d->done.n * sizeof *d->done.at);
	}
	vec_push(&d->done, copy_rows(&d->rows));
}

bool draft_set(struct draft *d, size_t row, enum role role, const char *text)
{
	char **cell = &d->rows.list.at[row].cell[role];

	if (strcmp(*cell, text) == 0)
		return false;
	remember(d);
	free(*cell);
	*cell = mem_strdup(text);
	return true;
}

bool draft_insert(struct draft *d, size_t row)
{
	struct draft_row *rows;

	if (d->rows.list.n >= LESSON_MOST_ROWS)
		return false;
	remember(d);
	vec_push(&d->rows.list, empty_row());
	rows = d->rows.list.at;
	for (size_t i = d->rows.list.n - 1; i > row; i--) {
		struct draft_row before = rows[i - 1];

		rows[i - 1] = rows[i];
		rows[i] = before;
	}
	return true;
}

bool draft_delete(struct draft *d, size_t row)
{
	const struct draft_row *r = &d->rows.list.at[row];

	if (d->rows.list.n == 1 && !*r->cell[ROLE_A] && !*r->cell[ROLE_B])
		return false;
	remember(d);
	free_row(&d->rows.list.at[row]);
	d->rows.list.n--;
	memmove(d->rows.list.at + row, d->rows.list.at + row + 1,
		(d->rows.list.n - row) * sizeof *d->rows.list.at);
	if (d->rows.list.n == 0)
		vec_push(&d->rows.list, empty_row());
	return true;
}

bool draft_move(struct draft *d, size_t row, size_t to)
{
	struct draft_row *rows = d->rows.list.at, moved;

	if (row == to || to >= d->rows.list.n)
		return false;
	remember(d);
	moved = rows[row];
	for (; row < to; row++)
		rows[row] = rows[row + 1];
	for (; row > to; row--)
		rows[row] = rows[row - 1];
	rows[to] = moved;
	return true;
}

static void exchange(char **a, char **b)
{
	char *c = *a;

	*a = *b;
	*b = c;
}

bool draft_swap(struct draft *d, size_t row)
{
	char **cell = d->rows.list.at[row].cell;

	if (strcmp(cell[ROLE_A], cell[ROLE_B]) == 0)
		return false;
	remember(d);
	exchange(&cell[ROLE_A], &cell[ROLE_B]);
	return true;
}

bool draft_move_cell(struct draft *d, size_t row, enum role role, size_t to)
{
	struct draft_row *rows = d->rows.list.at;

	if (to >= d->rows.list.n || strcmp(rows[row].cell[role], rows[to].cell[role]) == 0)
		return false;
	remember(d);
	exchange(&rows[row].cell[role], &rows[to].cell[role]);
	return true;
}

bool draft_original(struct draft *d)
{
	if (draft_unchanged(d))
		return false;
	remember(d);
	free_rows(&d->rows);
	d->rows = original_rows(d->original);
	return true;
}

static void forget_notes(struct draft_rows *rows)
{
	for (size_t i = 0; i < rows->list.n; i++)
		rows->list.at[i].from = SIZE_MAX;
}

void draft_rebase(struct draft *d, const struct demo *original)
{
	if (d->original == original)
		return;
	d->original = original;
	forget_notes(&d->rows);
	for (size_t i = 0; i < d->done.n; i++)
		forget_notes(&d->done.at[i]);
	for (size_t i = 0; i < d->undone.n; i++)
		forget_notes(&d->undone.at[i]);
}

bool draft_undo(struct draft *d)
{
	if (d->done.n == 0)
		return false;
	vec_push(&d->undone, d->rows);
	d->rows = d->done.at[--d->done.n];
	return true;
}

bool draft_redo(struct draft *d)
{
	if (d->undone.n == 0)
		return false;
	vec_push(&d->done, d->rows);
	d->rows = d->undone.at[--d->undone.n];
	return true;
}

bool draft_unchanged(const struct draft *d)
{
	const struct table *table = &d->original->table;

	if (d->rows.list.n != table->rows.n)
		return false;
	for (size_t i = 0; i < table->rows.n; i++)
		for (int r = 0; r < ROLES; r++)
			if (strcmp(d->rows.list.at[i].cell[r], table->rows.at[i].cell[r].text) != 0)
				return false;
	return true;
}

/* The rows as the printer wants them; all texts stay with the draft and the original. */
static struct demo borrow_demo(const struct draft *d)
{
	struct demo demo = *d->original;
	size_t n = d->rows.list.n, columns = demo.n_notes;

	demo.given[KEY_ID] = demo.given[KEY_LINK] = true;
	if (demo.at_once.last > (int)n) {
		demo.given[KEY_AT_ONCE] = false;
		demo.at_once.first = demo.at_once.last = 0;
	}
	memset(&demo.table, 0, sizeof demo.table);
	demo.notes = mem_zero(n * columns + 1, sizeof *demo.notes);
	for (size_t i = 0; i < n; i++) {
		const struct draft_row *from = &d->rows.list.at[i];
		struct table_row row = {0};

		for (int r = 0; r < ROLES; r++)
			row.cell[r] = (struct cell){.text = from->cell[r], .code = true};
		vec_push(&demo.table.rows, row);
		if (from->from != SIZE_MAX && columns)
			memcpy(&demo.notes[i * columns], &d->original->notes[from->from * columns],
			       columns * sizeof *demo.notes);
	}
	return demo;
}

static void give_back(struct demo *demo)
{
	vec_free(&demo->table.rows);
	free(demo->notes);
}

static void print_front(struct str *to, const struct draft *d)
{
	struct lesson front = {.title = str_make("%s: %s", d->lesson->title,
						 d->original->title ? d->original->title :
								      d->original->id)};

	front_print(to, &front, "");
	free(front.title);
}

/* Returns the line that the first row stands in. */
static int print(struct str *to, const struct draft *d)
{
	struct demo demo = borrow_demo(d);
	int line = 1;

	print_front(to, d);
	demo_print_directive(to, &demo);
	str_add(to, "\n\n");
	for (size_t i = 0; i < to->len; i++)
		line += to->p[i] == '\n';
	demo_print_table(to, &demo, NULL);
	give_back(&demo);
	return line + 2;
}

void draft_print(struct str *to, const struct draft *d)
{
	print(to, d);
}

int draft_save(const struct draft *d, const char *path, struct str *why)
{
	struct str text = {0};
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), err = fd < 0 ? errno : 0;

	draft_print(&text, d);
	if (fd >= 0 && file_write(fd, &text) < 0)
		err = errno;
	if (fd >= 0 && close(fd) < 0 && !err)
		err = errno;
	if (fd >= 0 && err)
		unlink(path);
	str_free(&text);
	if (err == EEXIST)
		str_addf(why, _("%s is there already; choose another name."), path);
	else if (err)
		str_addf(why, _("%s cannot be written: %s."), path, strerror(err));
	return err ? -1 : 0;
}

/* From lines of the file to rows of the table. */
static void count_in_rows(struct errs *errs, int first)
{
	for (size_t i = 0; i < errs->list.n; i++) {
		int *line = &errs->list.at[i].line;

		*line = *line >= first ? *line - first + 1 : 0;
	}
}

struct lesson *draft_lesson(const struct draft *d, struct errs *errs)
{
	struct str text = {0};
	int first = print(&text, d);
	struct lesson *lesson = lesson_parse(d->lesson->file, str_text(&text), text.len, errs);
	bool runs = errs->list.n == 0 && lesson->demos.n == 1;

	if (runs)
		demo_check(&lesson->demos.at[0], lesson->file, errs);
	count_in_rows(errs, first);
	str_free(&text);
	if (runs)
		return lesson;
	lesson_free(lesson);
	return NULL;
}

void draft_free(struct draft *d)
{
	forget_undone(d);
	for (size_t i = 0; i < d->done.n; i++)
		free_rows(&d->done.at[i]);
	vec_free(&d->done);
	vec_free(&d->undone);
	free_rows(&d->rows);
	*d = (struct draft){0};
}
