#include "lesson/demo_make.h"

#include "base/mem.h"
#include "base/near.h"
#include "lesson/action.h"
#include "lesson/directive.h"
#include "lesson/html.h"
#include "lesson/markdown.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * The header: which column is what.
 */

enum { COLUMNS_MOST = 64 };

struct columns {
	size_t role[ROLES];
	bool has[ROLES];
	bool twice[ROLES];
	char *label[ROLES];              /* owned */
	size_t notes[COLUMNS_MOST];
	size_t n_notes;
};

static char *spans_copy_text(const struct spans *spans)
{
	struct str s = {0};

	spans_text(&s, spans);
	return str_take(&s);
}

/* The text as plain spans would have it: white space inside code too is one space. */
static char *spans_copy_line(const struct spans *spans)
{
	char *text = spans_copy_text(spans);
	struct spans plain = {0};

	spans_add(&plain, 0, text, strlen(text), NULL);
	spans_tidy(&plain, false);
	free(text);
	text = spans_copy_text(&plain);
	spans_free(&plain);
	return text;
}

/* `Process A`, `Process A (client)`, `Process A: client`: the role and its label. */
static enum role heading_role(const char *text, char **label)
{
	static const char word[] = "process ";
	size_t n = strlen(text);
	enum role role;

	*label = NULL;
	if (strncasecmp(text, word, sizeof word - 1) != 0 || n < sizeof word)
		return ROLE_NONE;
	text += sizeof word - 1;
	n -= sizeof word - 1;
	if (tolower((unsigned char)*text) != 'a' && tolower((unsigned char)*text) != 'b')
		return ROLE_NONE;
	role = tolower((unsigned char)*text) == 'a' ? ROLE_A : ROLE_B;
	text++;
	n--;
	if (n == 0)
		return role;
	if (*text == ':') {
		*label = html_trim(text + 1, n - 1);
		return role;
	}
	if (*text == ' ') {
		text++;
		n--;
	}
	if (n < 2 || text[0] != '(' || text[n - 1] != ')')
		return ROLE_NONE;
	*label = html_trim(text + 1, n - 2);
	return role;
}

static void read_column(struct columns *columns, size_t i, const struct block *cell)
{
	char *text = spans_copy_line(&cell->spans), *label;
	enum role role = heading_role(text, &label);

	if (role != ROLE_NONE && columns->has[role])
		columns->twice[role] = true;
	if (role != ROLE_NONE && !columns->has[role]) {
		columns->has[role] = true;
		columns->role[role] = i;
		if (label && *label) {
			columns->label[role] = label;
			label = NULL;
		}
	} else if (strcasecmp(text, "seen") != 0 && columns->n_notes < COLUMNS_MOST) {
		columns->notes[columns->n_notes++] = i;
	}
	free(label);
	free(text);
}

static void columns_free(struct columns *columns)
{
	free(columns->label[ROLE_A]);
	free(columns->label[ROLE_B]);
}

static bool read_columns(struct columns *columns, const struct block *table)
{
	const struct block *header = &table->children.at[0];

	*columns = (struct columns){0};
	for (size_t i = 0; i < header->children.n; i++)
		read_column(columns, i, &header->children.at[i]);
	if (columns->has[ROLE_A] && columns->has[ROLE_B])
		return true;
	columns_free(columns);
	return false;
}

bool demo_is_table(const struct block *block)
{
	struct columns columns;

	if (block->kind != BLOCK_TABLE || !read_columns(&columns, block))
		return false;
	columns_free(&columns);
	return true;
}

/*
 * Rows.
 */

struct maker {
	struct lesson *lesson;
	struct errs *errs;
	char *heading;              /* text of the newest heading, or NULL; owned */
	VEC(char *) headings;       /* for each demo: that text, or NULL; owned */
	bool full;                  /* there are too many demos, and that was said */
	int said;                   /* line of an ordinary table of which something was said */
};

/* Whether TEXT could not stand in a table without the backticks of code. */
static bool needs_code(const char *text)
{
	return strpbrk(text, "\\*_`[]<>&~|!") != NULL;
}

static bool is_code(const struct spans *spans)
{
	bool code = false;

	for (size_t i = 0; i < spans->n; i++) {
		if (spans->at[i].style & SPAN_CODE)
			code = true;
		else if (strspn(spans->at[i].text, " ") != strlen(spans->at[i].text))
			return false;
	}
	return code;
}

static void make_cell(struct maker *m, struct cell *cell, const struct block *from, int line)
{
	bool code = is_code(&from->spans);
	char *text = (code ? spans_copy_text : spans_copy_line)(&from->spans);
	char *trimmed = html_trim(text, strlen(text));
	const char *file = m->lesson->file;

	free(text);
	cell->text = trimmed;
	cell->code = *trimmed && (code || needs_code(trimmed));
	if (span_code_fence(trimmed) == 0)
		errs_add(m->errs, file, line, "a cell has too many backticks; \\140 is one too");
	else if (cell_parse(cell, trimmed, file, line, m->errs) == 0)
		return;
	free(cell->text);
	cell->text = mem_strdup("");
	cell->code = false;
}

static bool is_empty_row(const struct table_row *row, const struct spans *notes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (notes[i].n > 0)
			return false;
	return row->cell[ROLE_A].kind == CELL_EMPTY && row->cell[ROLE_B].kind == CELL_EMPTY;
}

static void move_notes(struct spans *notes, const struct columns *columns, struct block *row)
{
	for (size_t i = 0; i < columns->n_notes; i++) {
		struct spans *from = &row->children.at[columns->notes[i]].spans;

		notes[i] = *from;
		*from = (struct spans){0};
	}
}

static char *join_notes(const struct spans *notes, size_t n)
{
	struct str s = {0};

	for (size_t i = 0; i < n; i++) {
		if (s.len && notes[i].n)
			str_addc(&s, ' ');
		spans_text(&s, &notes[i]);
	}
	return s.len ? str_take(&s) : NULL;
}

/* The cells of a row that a bar too many has cut are nothing to speak of; ERRORS: how many there
 * were before it. */
static void say_extra(struct maker *m, int line, size_t errors)
{
	errs_cut(m->errs, errors);
	errs_add(m->errs, m->lesson->file, line, "this row has more cells than the table has columns; "
		 "a bar in a cell is written \\|");
}

static void make_row(struct maker *m, struct demo *demo, const struct columns *columns,
		     struct block *from)
{
	struct table_row row = {.line = from->line};
	struct spans *notes = &demo->notes[demo->table.rows.n * columns->n_notes];
	size_t errors = m->errs->list.n;

	for (int role = 0; role < ROLES; role++)
		make_cell(m, &row.cell[role], &from->children.at[columns->role[role]], row.line);
	if (from->extra > 1 || (from->extra && m->errs->list.n > errors))
		say_extra(m, from->line, errors);
	demo->wrong = demo->wrong || m->errs->list.n > errors;
	move_notes(notes, columns, from);
	if (is_empty_row(&row, notes, columns->n_notes)) {
		cell_free(&row.cell[ROLE_A]);
		cell_free(&row.cell[ROLE_B]);
		return;
	}
	row.note = join_notes(notes, columns->n_notes);
	vec_push(&demo->table.rows, row);
}

static void make_rows(struct maker *m, struct demo *demo, const struct columns *columns,
		      struct block *table)
{
	size_t n = table->children.n - 1;

	demo->n_notes = columns->n_notes;
	demo->notes = mem_zero(n * columns->n_notes, sizeof *demo->notes);
	for (size_t i = 0; i < n; i++) {
		struct block *row = &table->children.at[i + 1];

		if (demo->table.rows.n == LESSON_MOST_ROWS) {
			errs_add(m->errs, m->lesson->file, row->line,
				 "a demo has at most %d rows; split the table", LESSON_MOST_ROWS);
			break;
		}
		make_row(m, demo, columns, row);
	}
}

static void make_heads(struct demo *demo, const struct columns *columns,
		       const struct block *header)
{
	demo->note_heads = mem_zero(columns->n_notes, sizeof *demo->note_heads);
	for (size_t i = 0; i < columns->n_notes; i++)
		demo->note_heads[i] =
			spans_copy_line(&header->children.at[columns->notes[i]].spans);
}

/*
 * Demos.
 */

static void say_twice(struct maker *m, const struct columns *columns, int line)
{
	for (int role = 0; role < ROLES; role++)
		if (columns->twice[role])
			errs_add(m->errs, m->lesson->file, line,
				 "there are two columns Process %c; a demo has one Process A and one "
				 "Process B", role == ROLE_A ? 'A' : 'B');
}

static void fill(struct maker *m, struct demo *demo, struct block *block)
{
	struct columns columns;

	read_columns(&columns, block);
	say_twice(m, &columns, block->line);
	for (int role = 0; role < ROLES; role++)
		demo->setup[role].label = columns.label[role];
	make_heads(demo, &columns, &block->children.at[0]);
	make_rows(m, demo, &columns, block);
}

void demo_fill(struct demo *demo, struct lesson *lesson, struct block *block, struct errs *errs)
{
	struct maker m = {.lesson = lesson, .errs = errs};

	fill(&m, demo, block);
}

/* Turn BLOCK into a demo. DIRECTIVE is the comment before it, or NULL. */
static void make_demo(struct maker *m, struct block *block, const struct block *directive)
{
	struct demo demo = {.line = block->line, .patience = DEMO_PATIENCE};

	if (directive) {
		demo.directive_line = directive->line;
		directive_parse(&demo, directive->text, m->lesson->file, directive->line, m->errs);
	}
	fill(m, &demo, block);
	if (!demo.given[KEY_LINK])
		demo.link = demo_default_link(&demo);
	demo_make_prologue(&demo);
	demo.number = (int)m->lesson->demos.n + 1;
	block_free(block);
	*block = (struct block){.kind = BLOCK_DEMO, .line = demo.line,
				.demo = m->lesson->demos.n};
	vec_push(&m->lesson->demos, demo);
	vec_push(&m->headings, mem_strdup(m->heading));
}

static bool has_room(struct maker *m, int line)
{
	if (m->lesson->demos.n < LESSON_MOST_DEMOS)
		return true;
	if (!m->full)
		errs_add(m->errs, m->lesson->file, line,
			 "a lesson has at most %d demos; this table is only shown",
			 LESSON_MOST_DEMOS);
	m->full = true;
	return false;
}

static void see_heading(struct maker *m, const struct block *block)
{
	free(m->heading);
	m->heading = spans_copy_line(&block->spans);
}

/* The role that a heading was meant for, as `Proces A`, `ProcessA`, `Process-A (client)`. */
static enum role meant_role(const char *text)
{
	char letters[sizeof "process" + 4];
	struct near near = near_start(letters);
	size_t n = 0;
	char last;

	for (; *text && !strchr("(:", *text); text++)
		if (isalnum((unsigned char)*text)) {
			if (n == sizeof letters - 1)
				return ROLE_NONE;
			letters[n++] = *text;
		}
	if (n < 2)
		return ROLE_NONE;
	last = (char)tolower((unsigned char)letters[--n]);
	letters[n] = '\0';
	near_offer(&near, "process");
	if (!near.best)
		return ROLE_NONE;
	return last == 'a' ? ROLE_A : last == 'b' ? ROLE_B : ROLE_NONE;
}

/* A table that is no demo, though both its columns were meant, would be passed over in silence. */
static bool check_ordinary(struct maker *m, const struct block *table)
{
	size_t before = m->errs->list.n;
	const struct block *header = &table->children.at[0];
	bool meant[ROLES] = {false, false};
	char *wrong = NULL;
	enum role of_wrong = ROLE_NONE;
	struct columns columns;

	for (size_t i = 0; i < header->children.n; i++) {
		char *text = spans_copy_line(&header->children.at[i].spans), *label = NULL;
		enum role role = meant_role(text);

		if (role != ROLE_NONE && heading_role(text, &label) == ROLE_NONE && !wrong) {
			wrong = mem_strdup(text);
			of_wrong = role;
		}
		if (role != ROLE_NONE)
			meant[role] = true;
		free(label);
		free(text);
	}
	if (wrong && meant[ROLE_A] && meant[ROLE_B])
		errs_add(m->errs, m->lesson->file, table->line,
			 "no column '%s' (did you mean 'Process %c'?)", wrong,
			 of_wrong == ROLE_A ? 'A' : 'B');
	free(wrong);
	if (!read_columns(&columns, table)) {
		columns.label[ROLE_A] = columns.label[ROLE_B] = NULL;
		say_twice(m, &columns, table->line);
	}
	return m->errs->list.n > before;
}

static void make_in(struct maker *m, struct blocks *blocks);

static void make_block(struct maker *m, struct block *block, struct block *directive)
{
	if (block->kind == BLOCK_HEADING)
		see_heading(m, block);
	else if (demo_is_table(block) && has_room(m, block->line))
		make_demo(m, block, directive);
	else if (block->kind == BLOCK_TABLE && !demo_is_table(block) && block->line != m->said)
		check_ordinary(m, block);
	else if (block->kind != BLOCK_TABLE)
		make_in(m, &block->children);
	if (block->kind == BLOCK_LIST)
		block_tidy_list(block);
}

static bool is_directive(const struct block *block)
{
	return block->kind == BLOCK_COMMENT && directive_is(block->text);
}

/* A comment that was to be a directive would be passed over in silence. */
static void check_comment(struct maker *m, const struct block *block)
{
	const char *word = block->kind == BLOCK_COMMENT ? directive_slip(block->text) : NULL;

	if (word)
		errs_add(m->errs, m->lesson->file, block->line,
			 "a directive begins with its word and a colon: <!-- %s: … -->", word);
}

/* A directive that no demo follows; what is wrong with the table that does says more. */
static void say_misplaced(struct maker *m, const struct block *directive, const struct block *next)
{
	if (next && next->kind == BLOCK_TABLE && check_ordinary(m, next))
		m->said = next->line;
	else
		errs_add(m->errs, m->lesson->file, directive->line,
			 "a demo directive stands right before its table, which has the "
			 "columns Process A and Process B");
}

static void make_in(struct maker *m, struct blocks *blocks)
{
	size_t kept = 0;

	for (size_t i = 0; i < blocks->n; i++) {
		struct block block = blocks->at[i];
		bool before = i + 1 < blocks->n && demo_is_table(&blocks->at[i + 1]);

		if (is_directive(&block) && before && has_room(m, block.line)) {
			make_block(m, &blocks->at[i + 1], &block);
			block_free(&block);
			continue;
		}
		if (is_directive(&block) && !before) {
			say_misplaced(m, &block, i + 1 < blocks->n ? &blocks->at[i + 1] : NULL);
			block_free(&block);
			continue;
		}
		check_comment(m, &block);
		make_block(m, &block, NULL);
		if (block.kind == BLOCK_QUOTE && block.children.n == 0)
			block_free(&block); /* a misplaced directive was all it held */
		else
			blocks->at[kept++] = block;
	}
	blocks->n = kept;
}

/*
 * Ids and titles.
 */

enum { ID_MOST = 48 };

static char *make_slug(const char *text)
{
	struct str s = {0};

	lesson_anchor(&s, text);
	if (s.len > ID_MOST)
		str_cut(&s, ID_MOST);
	while (s.len && s.p[s.len - 1] == '-')
		str_cut(&s, s.len - 1);
	if (!s.len)
		str_add(&s, "demo");
	return str_take(&s);
}

static bool is_used(const struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->demos.n; i++)
		if (lesson->demos.at[i].id && str_same(lesson->demos.at[i].id, id))
			return true;
	return false;
}

static void name_demo(struct lesson *lesson, struct demo *demo, const char *heading)
{
	char *slug = make_slug(heading ? heading : "demo");

	if (!demo->title)
		demo->title = mem_strdup(heading ? heading : lesson->title);
	if (!demo->id) {
		char *id = mem_strdup(slug);

		for (int n = 2; is_used(lesson, id); n++) {
			free(id);
			id = str_make("%s-%d", slug, n);
		}
		demo->id = id;
	}
	free(slug);
}

void demo_make_all(struct lesson *lesson, struct errs *errs)
{
	struct maker m = {.lesson = lesson, .errs = errs};

	make_in(&m, &lesson->blocks);
	for (size_t i = 0; i < lesson->demos.n; i++)
		name_demo(lesson, &lesson->demos.at[i], m.headings.at[i]);
	for (size_t i = 0; i < m.headings.n; i++)
		free(m.headings.at[i]);
	vec_free(&m.headings);
	free(m.heading);
}
