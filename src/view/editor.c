#include "view/editor.h"

#include "base/text.h"
#include "view/editor_draw.h"
#include "view/view.h"

#include <string.h>

enum {
	CELL_MOST = 1000,  /* bytes of a typed cell */
};

static const struct binding table_keys[] = {
	{{INPUT_ENTER, 'e'}, OP_ENTER, "Enter", N_("change"), N_("type another text for this cell")},
	{{' ', 'R'}, OP_STEP, "Space", N_("run"), N_("run the table as it is here, from the top")},
	{{'n'}, OP_ADD, "n", N_("new row"), N_("an empty row under this one (N: above it)")},
	{{'N'}, OP_ADD_ABOVE, "", NULL, NULL},
	{{'d'}, OP_DELETE, "d", N_("delete row"), N_("delete the row (x: empty the cell)")},
	{{'x', INPUT_DELETE}, OP_CLEAR, "", NULL, NULL},
	{{'J'}, OP_MOVE_DOWN, "J K", N_("move row"), N_("move the row down or up")},
	{{'K'}, OP_MOVE_UP, "", NULL, NULL},
	{{'>'}, OP_CELL_DOWN, "> <", NULL, N_("move the cell down or up in its column")},
	{{'<'}, OP_CELL_UP, "", NULL, NULL},
	{{'s'}, OP_SWAP, "s", NULL, N_("let the two cells of the row change places")},
	{{'u'}, OP_UNDO, "u", N_("undo"), N_("undo the last change (U: do it again)")},
	{{'U'}, OP_REDO, "", NULL, NULL},
	{{'o'}, OP_ORIGINAL, "o", NULL, N_("the table as the lesson has it (u brings yours back)")},
	{{'w'}, OP_SAVE, "w", N_("save"), N_("write it to a lesson file of your own")},
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓←→", NULL, N_("go to another cell (also hjkl, g and G)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_LEFT, 'h', INPUT_BACKTAB}, OP_BACK, "", NULL, NULL},
	{{INPUT_RIGHT, 'l', INPUT_TAB}, OP_FORWARD, "", NULL, NULL},
	{{'g', INPUT_HOME}, OP_FIRST, "", NULL, NULL},
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in all lessons, demos and cards")},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{INPUT_ESC, 'q', 'm'}, OP_EDIT, "Esc", N_("timeline"), N_("back to the timeline; the changes stay")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding cell_keys[] = {
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("take"), NULL},
	{{INPUT_TAB}, OP_FORWARD, "Tab", N_("complete"), NULL},
	{{INPUT_DOWN}, OP_DOWN, "↑↓", N_("choose"), NULL},
	{{INPUT_UP, INPUT_BACKTAB}, OP_UP, "", NULL, NULL},
	{{INPUT_ESC}, OP_NO, "Esc", N_("leave as it was"), NULL},
	{{KEYS_ANY}, OP_TYPE, "", NULL, NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding save_keys[] = {
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("save"), NULL},
	{{INPUT_ESC}, OP_NO, "Esc", N_("do not save"), NULL},
	{{KEYS_ANY}, OP_TYPE, "", NULL, NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding *keys(const struct model *m)
{
	switch (m->editor.mode) {
	case EDITOR_TABLE:
		return table_keys;
	case EDITOR_CELL:
		return cell_keys;
	case EDITOR_SAVE:
		return save_keys;
	}
	return NULL;
}

/*
 * What is wrong, and what could be typed.
 */

static struct draft_row *chosen(struct editor *e)
{
	return &e->draft.rows.list.at[e->row];
}

/* Look at the whole table, with the text that is being typed in its place. */
static void check(struct editor *e)
{
	char **cell = &chosen(e)->cell[e->role], *before = *cell;
	struct lesson *lesson;

	errs_free(&e->faults);
	if (e->mode == EDITOR_CELL)
		*cell = mem_strdup(str_text(&e->entry.text));
	lesson = draft_lesson(&e->draft, &e->faults);
	e->runs = lesson != NULL;
	lesson_free(lesson);
	if (e->mode == EDITOR_CELL) {
		free(*cell);
		*cell = before;
	}
}

static void complete(struct editor *e)
{
	struct scope scope = {0};

	scope_add_table(&scope, &e->draft.original->prologue,
			e->draft.original->prologue.rows.n, e->role);
	for (size_t i = 0; i < e->row; i++)
		scope_add_cell(&scope, e->draft.rows.list.at[i].cell[e->role]);
	completions_free(&e->could);
	complete_cell(&e->could, str_text(&e->entry.text), e->entry.at, &scope);
	e->choice = SIZE_MAX;
	scope_free(&scope);
}

/*
 * Keys.
 */

static void start_typing(struct editor *e)
{
	e->mode = EDITOR_CELL;
	entry_set(&e->entry, chosen(e)->cell[e->role]);
	complete(e);
	check(e);
}

static void stop_typing(struct editor *e, bool take)
{
	if (take)
		draft_set(&e->draft, e->row, e->role, str_text(&e->entry.text));
	e->mode = EDITOR_TABLE;
	completions_free(&e->could);
	check(e);
}

/* Tab: what all completions have in common, then one after the other. */
static void take_completion(struct editor *e)
{
	char *common = completions_common(&e->could);
	size_t typed = e->entry.at - e->could.from;

	if (common && e->choice == SIZE_MAX && strlen(common) > typed) {
		entry_replace(&e->entry, e->could.from, common);
		complete(e);
	} else if (common) {
		size_t one = e->choice == SIZE_MAX ? 0 : e->choice;

		entry_replace(&e->entry, e->could.from, e->could.list.at[one].text);
		complete(e);
	}
	free(common);
	check(e);
}

static void choose(struct editor *e, bool down)
{
	size_t n = e->could.list.n;

	if (n == 0)
		return;
	if (down)
		e->choice = e->choice == SIZE_MAX ? 0 : (e->choice + 1) % n;
	else
		e->choice = e->choice == SIZE_MAX || e->choice == 0 ? n - 1 : e->choice - 1;
}

/* A key for the line that is typed. Returns whether that knows it. What has no room is not left out
 * in silence. */
static bool type(struct model *m, uint32_t key)
{
	struct entry *e = &m->editor.entry;
	size_t before = e->text.len;

	if (!entry_key(e, key, CELL_MOST))
		return false;
	if (key >= ' ' && key != INPUT_BACKSPACE && key < INPUT_UP && e->text.len == before)
		model_say(m, _("There is no room for more here: the rest is left out."));
	return true;
}

static void handle_cell(struct model *m, enum op op, const struct input *input)
{
	struct editor *e = &m->editor;

	if (op == OP_ENTER && e->choice != SIZE_MAX)
		take_completion(e);
	else if (op == OP_ENTER || op == OP_NO)
		stop_typing(e, op == OP_ENTER);
	else if (op == OP_FORWARD)
		take_completion(e);
	else if (op == OP_DOWN || op == OP_UP)
		choose(e, op == OP_DOWN);
	else if (type(m, input->key)) {
		complete(e);
		check(e);
	}
}

static void start_saving(struct editor *e)
{
	char *name = str_make("%s-%s.md", e->draft.lesson->id, e->draft.original->id);

	e->mode = EDITOR_SAVE;
	entry_set(&e->entry, name);
	free(name);
}

static void save(struct model *m)
{
	struct editor *e = &m->editor;
	struct str says = {0};

	if (draft_save(&e->draft, str_text(&e->entry.text), &says) < 0) {
		model_say(m, str_text(&says));
	} else {
		str_addf(&says, _("Saved. Run it with: socktutor run %s"), str_text(&e->entry.text));
		model_say(m, str_text(&says));
		e->mode = EDITOR_TABLE;
	}
	str_free(&says);
}

static void handle_save(struct model *m, enum op op, const struct input *input)
{
	if (op == OP_ENTER)
		save(m);
	else if (op == OP_NO)
		m->editor.mode = EDITOR_TABLE;
	else
		type(m, input->key);
}

static void move(struct editor *e, enum op op)
{
	size_t last = e->draft.rows.list.n - 1;

	if (op == OP_UP && e->row > 0)
		e->row--;
	else if (op == OP_DOWN && e->row < last)
		e->row++;
	else if (op == OP_BACK || op == OP_FORWARD)
		e->role = op == OP_BACK ? ROLE_A : ROLE_B;
	else if (op == OP_FIRST)
		e->row = 0;
	else if (op == OP_LAST)
		e->row = last;
}

static bool add_row(struct editor *e)
{
	if (!draft_insert(&e->draft, e->row + 1))
		return false;
	e->row++;
	return true;
}

static bool add_row_above(struct editor *e)
{
	return draft_insert(&e->draft, e->row);
}

static bool delete_row(struct editor *e)
{
	return draft_delete(&e->draft, e->row);
}

static bool clear_cell(struct editor *e)
{
	return draft_set(&e->draft, e->row, e->role, "");
}

/* The row goes to the place TO, and the cursor with it. */
static bool carry_row(struct editor *e, size_t to)
{
	if (!draft_move(&e->draft, e->row, to))
		return false;
	e->row = to;
	return true;
}

static bool row_down(struct editor *e)
{
	return carry_row(e, e->row + 1);
}

static bool row_up(struct editor *e)
{
	return e->row > 0 && carry_row(e, e->row - 1);
}

static bool carry_cell(struct editor *e, size_t to)
{
	if (!draft_move_cell(&e->draft, e->row, e->role, to))
		return false;
	e->row = to;
	return true;
}

static bool cell_down(struct editor *e)
{
	return carry_cell(e, e->row + 1);
}

static bool cell_up(struct editor *e)
{
	return e->row > 0 && carry_cell(e, e->row - 1);
}

static bool swap_cells(struct editor *e)
{
	return draft_swap(&e->draft, e->row);
}

static bool undo(struct editor *e)
{
	return draft_undo(&e->draft);
}

static bool redo(struct editor *e)
{
	return draft_redo(&e->draft);
}

static bool original(struct editor *e)
{
	return draft_original(&e->draft);
}

static const struct {
	enum op op;
	bool (*change)(struct editor *e);
} changes[] = {
	{OP_ADD, add_row}, {OP_ADD_ABOVE, add_row_above}, {OP_DELETE, delete_row},
	{OP_CLEAR, clear_cell}, {OP_MOVE_DOWN, row_down}, {OP_MOVE_UP, row_up},
	{OP_CELL_DOWN, cell_down}, {OP_CELL_UP, cell_up}, {OP_SWAP, swap_cells},
	{OP_UNDO, undo}, {OP_REDO, redo}, {OP_ORIGINAL, original},
};

static void change(struct editor *e, enum op op)
{
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (changes[i].op == op && changes[i].change(e)) {
			if (e->row >= e->draft.rows.list.n)
				e->row = e->draft.rows.list.n - 1;
			check(e);
		}
}

/* A table that can be run is played from now on; else what is wrong stays on the screen. */
static struct request run(struct model *m)
{
	struct editor *e = &m->editor;
	struct errs errs = {0};
	bool changed = !draft_unchanged(&e->draft);

	lesson_free(e->next);
	e->next = changed ? draft_lesson(&e->draft, &errs) : NULL;
	errs_free(&errs);
	if (!changed || e->next)
		return (struct request){REQUEST_CHANGED, 0};
	model_say(m, _("It cannot be run yet: see the rows marked with !"));
	return (struct request){REQUEST_NONE, 0};
}

static struct request handle_table(struct model *m, enum op op, const struct input *input)
{
	struct editor *e = &m->editor;

	if (op == OP_STEP)
		return run(m);
	if (op == OP_ENTER)
		start_typing(e);
	else if (op == OP_SAVE)
		start_saving(e);
	else if (op == OP_CLICK)
		editor_click(e, input->x, input->y);
	else {
		move(e, op);
		change(e, op);
	}
	return (struct request){REQUEST_NONE, 0};
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	*request = (struct request){REQUEST_NONE, 0};
	if (op == OP_EDIT)
		return false;
	if (m->editor.mode == EDITOR_CELL)
		handle_cell(m, op, input);
	else if (m->editor.mode == EDITOR_SAVE)
		handle_save(m, op, input);
	else
		*request = handle_table(m, op, input);
	return true;
}

/* What came about by hand, with what was seen of it. */
static void take_session(struct model *m)
{
	struct lesson *changed = m->editor.changed;
	const struct demo *own = changed ? m->editor.draft.original : m->hand.session.original;

	m->editor.changed = NULL;
	editor_free(&m->editor);
	m->editor.changed = changed;
	session_record(&m->editor.draft, &m->hand.session, &m->player.events);
	draft_rebase(&m->editor.draft, own);
}

/* At the row that the learner looks at. Who looks at the table sees what would have been
 * asked. */
static void open_editor(struct model *m)
{
	struct editor *e = &m->editor;
	const struct demo *demo = model_own_demo(m);
	int row = player_row(&m->player);

	if (hand_is_on(m))
		take_session(m);
	else if (!e->started)
		draft_start(&e->draft, m->reader.lesson, demo);
	e->started = true;
	e->mode = EDITOR_TABLE;
	e->row = row > 0 ? (size_t)row - 1 : 0;
	if (e->row >= e->draft.rows.list.n)
		e->row = e->draft.rows.list.n - 1;
	if (m->asking.state == ASKING_LATER)
		model_say(m, _("What this demo asks is skipped now: the table shows it."));
	asking_give_up(&m->asking, &m->player);
	check(e);
}

const struct panel panel_editor = {
	.op = OP_EDIT, .whole = true, .open = open_editor, .draw = editor_draw, .handle = handle, .keys = keys,
};

void editor_free(struct editor *e)
{
	draft_free(&e->draft);
	entry_free(&e->entry);
	completions_free(&e->could);
	errs_free(&e->faults);
	lesson_free(e->next);
	lesson_free(e->changed);
	*e = (struct editor){0};
}
