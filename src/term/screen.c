#include "term/screen.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "term/terminfo.h"

#include <curses.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { GREY = 244 /* of 256: readable on black and on white */ };

struct screen {
	SCREEN *curses;
	bool italic;
	bool color;
	bool only_ascii;
	bool resized;          /* all is drawn anew */
	struct canvas shown;   /* what the terminal shows; no rows: not known */
};

/* How a style looks: attributes always there, those for want of colours, the colour of 8 and
 * of 256 (-1: the terminal's own). */
static const struct {
	attr_t always;
	attr_t colorless;
	short of_8;
	short of_256;
} looks[STYLES] = {
	[STYLE_NORMAL] = {0, 0, -1, -1},
	[STYLE_DIM] = {0, A_DIM, -1, GREY},
	[STYLE_BOLD] = {A_BOLD, 0, -1, -1},
	[STYLE_EM] = {A_ITALIC, 0, -1, -1},
	[STYLE_ACCENT] = {A_BOLD, 0, COLOR_CYAN, COLOR_CYAN},
	[STYLE_GOOD] = {0, 0, COLOR_GREEN, COLOR_GREEN},
	[STYLE_BAD] = {A_BOLD, 0, COLOR_RED, COLOR_RED},
	[STYLE_HEADING] = {A_BOLD, 0, COLOR_CYAN, COLOR_CYAN},
	[STYLE_CODE] = {0, A_BOLD, COLOR_CYAN, COLOR_CYAN},
	[STYLE_LINK] = {A_UNDERLINE, 0, -1, -1},
	[STYLE_KEY] = {A_BOLD, 0, -1, -1},
	[STYLE_SELECTED] = {A_REVERSE, 0, -1, -1},
	[STYLE_FOUND] = {A_BOLD | A_UNDERLINE, 0, -1, -1},
};

static short color_of(enum style style)
{
	return COLORS >= 256 ? looks[style].of_256 : looks[style].of_8;
}

static attr_t attributes(const struct screen *s, enum style style)
{
	attr_t a = looks[style].always;

	if (!s->italic && (a & A_ITALIC))
		a = (a & ~A_ITALIC) | A_UNDERLINE;
	if (!s->color || color_of(style) < 0)
		a |= looks[style].colorless;
	return a;
}

static void start_colors(struct screen *s, bool wanted)
{
	s->color = wanted && has_colors() && start_color() == OK;
	if (!s->color)
		return;
	use_default_colors();
	for (int i = 0; i < STYLES; i++)
		init_pair((short)(i + 1), color_of((enum style)i), -1);
}

static void start_input(const struct screen_options *options)
{
	if (!getenv("ESCDELAY"))
		set_escdelay(25);
	/* Raw: Ctrl-C and Ctrl-Z come as keys. As signals they would go to everybody in the
	 * terminal's foreground, the processes of the demo too. */
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	if (options->mouse) {
		mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
		mouseinterval(0);
	}
}

struct screen *screen_open(const struct screen_options *options, const char **why)
{
	struct screen *s;

	*why = terminfo_unusable();
	if (*why)
		return NULL;
	s = mem_zero(1, sizeof *s);
	s->curses = newterm(NULL, stdout, stdin);
	if (!s->curses) {
		*why = _("the terminal cannot be set up for drawing");
		free(s);
		return NULL;
	}
	set_term(s->curses);
	s->italic = terminfo_has("sitm");
	s->only_ascii = options->only_ascii;
	start_colors(s, options->color);
	start_input(options);
	curs_set(0);
	return s;
}

void screen_size(int *columns, int *rows)
{
	struct winsize size;

	*columns = 80;
	*rows = 24;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row) {
		*columns = size.ws_col;
		*rows = size.ws_row;
	}
}

static void forget_shown(struct screen *s)
{
	canvas_free(&s->shown);
	s->resized = true;
}

void screen_resize(struct screen *s, int columns, int rows)
{
	resizeterm(rows, columns);
	forget_shown(s);
}

static size_t wide_text(const struct glyph *g, wchar_t *out)
{
	size_t n = strlen(g->text), made = 0;

	for (size_t i = 0; i < n && made < CCHARW_MAX;) {
		uint32_t cp;

		i += utf8_get(g->text + i, n - i, &cp);
		out[made++] = (wchar_t)cp;
	}
	out[made] = 0;
	return made;
}

/* What the terminal is given for G; returns how many characters, 0 for none. */
static size_t shown_text(const struct screen *s, const struct glyph *g, wchar_t *out)
{
	if (!s->only_ascii || (g->width > 0 && !(g->text[0] & 0x80)))
		return g->width > 0 ? wide_text(g, out) : 0;
	out[0] = g->width > 0 ? L'?' : L' ';
	out[1] = 0;
	return 1;
}

static void show_row(const struct screen *s, const struct canvas *c, int y)
{
	for (int x = 0; x < c->columns; x++) {
		const struct glyph *g = canvas_at(c, x, y);
		wchar_t text[CCHARW_MAX + 1];
		cchar_t cell;

		if (shown_text(s, g, text) == 0)
			continue;
		setcchar(&cell, text, attributes(s, (enum style)g->style),
			 s->color ? (short)(g->style + 1) : 0, NULL);
		mvadd_wch(y, x, &cell);
	}
}

static bool row_same(const struct screen *s, const struct canvas *c, int y)
{
	if (s->shown.rows != c->rows || s->shown.columns != c->columns)
		return false;
	return memcmp(canvas_at(&s->shown, 0, y), canvas_at(c, 0, y),
		      (size_t)c->columns * sizeof *c->glyphs) == 0;
}

static void remember(struct screen *s, const struct canvas *c)
{
	if (s->shown.rows != c->rows || s->shown.columns != c->columns) {
		canvas_free(&s->shown);
		canvas_start(&s->shown, c->columns, c->rows, c->ascii);
	}
	memcpy(s->shown.glyphs, c->glyphs,
	       (size_t)c->columns * (size_t)c->rows * sizeof *c->glyphs);
}

void screen_show(struct screen *s, const struct canvas *c)
{
	if (s->resized)
		clear();
	s->resized = false;
	for (int y = 0; y < c->rows; y++)
		if (!row_same(s, c, y))
			show_row(s, c, y);
	remember(s, c);
	if (c->cursor_x >= 0)
		move(c->cursor_y, c->cursor_x);
	curs_set(c->cursor_x >= 0);
	refresh();
}

static uint32_t special_key(wint_t key)
{
	static const struct {
		int curses;
		uint32_t input;
	} table[] = {
		{KEY_UP, INPUT_UP}, {KEY_DOWN, INPUT_DOWN}, {KEY_LEFT, INPUT_LEFT},
		{KEY_RIGHT, INPUT_RIGHT}, {KEY_PPAGE, INPUT_PAGE_UP}, {KEY_NPAGE, INPUT_PAGE_DOWN},
		{KEY_HOME, INPUT_HOME}, {KEY_END, INPUT_END}, {KEY_BTAB, INPUT_BACKTAB},
		{KEY_DC, INPUT_DELETE}, {KEY_ENTER, INPUT_ENTER}, {KEY_BACKSPACE, INPUT_BACKSPACE},
		{KEY_A1, INPUT_HOME}, {KEY_A3, INPUT_PAGE_UP}, {KEY_C1, INPUT_END},
		{KEY_C3, INPUT_PAGE_DOWN},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].curses == (int)key)
			return table[i].input;
	return 0;
}

static uint32_t plain_key(wint_t key)
{
	if (key == '\n')
		return INPUT_ENTER;
	if (key == '\b')
		return INPUT_BACKSPACE;
	return (uint32_t)key;
}

static uint32_t mouse_key(struct input *input)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return 0;
	input->x = event.x;
	input->y = event.y;
	if (event.bstate & BUTTON4_PRESSED)
		return INPUT_WHEEL_UP;
	if (event.bstate & BUTTON5_PRESSED)
		return INPUT_WHEEL_DOWN;
	return event.bstate & BUTTON1_PRESSED ? INPUT_CLICK : 0;
}

bool screen_input(struct screen *s, struct input *input)
{
	wint_t key;
	int kind;

	(void)s;
	*input = (struct input){0, -1, -1};
	while ((kind = get_wch(&key)) != ERR) {
		if (kind == KEY_CODE_YES && key == KEY_MOUSE)
			input->key = mouse_key(input);
		else if (kind == KEY_CODE_YES)
			input->key = special_key(key);
		else
			input->key = plain_key(key);
		if (input->key)
			return true;
	}
	return false;
}

bool screen_lost(void)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL));
}

void screen_pause(struct screen *s)
{
	(void)s;
	endwin();
	terminfo_show_cursor();
}

void screen_resume(struct screen *s)
{
	int columns, rows;

	reset_prog_mode();
	screen_size(&columns, &rows);
	screen_resize(s, columns, rows);
	refresh();
}

void screen_close(struct screen *s)
{
	if (!s)
		return;
	endwin();
	terminfo_show_cursor();
	delscreen(s->curses);
	canvas_free(&s->shown);
	free(s);
}
