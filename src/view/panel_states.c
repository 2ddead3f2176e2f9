/*
 * The state diagram of TCP, with where A and B stand and the way they came.
 */
#include "view/view.h"

#include "base/text.h"
#include "timeline/lens_way.h"
#include "view/states.h"

#include <string.h>
#include <sys/socket.h>

/* How much a TCP socket is the one to follow: a connection, best one that is still there. */
static int weight(const struct lens *l)
{
	if (!lens_is_tcp(l))
		return 0;
	if (l->peer_port)
		return l->state == LENS_GONE ? 2 : 3;
	return 1;
}

/* The snapshot of ROLE's socket to follow, or NULL. */
static const struct event *find_socket(const struct player *p, enum role role)
{
	const struct lenses *lenses = &player_timeline(p)->lenses;
	const struct event *best = NULL;

	for (size_t i = 0; i < lenses->list.n; i++) {
		size_t newest = lenses->list.at[i].newest;
		const struct event *e = newest == EVENT_NONE ? NULL : &p->events.list.at[newest];

		if (e && e->role == role && weight(&e->u.lens) > 0 &&
		    (!best || weight(&e->u.lens) >= weight(&best->u.lens)))
			best = e;
	}
	return best;
}

/* Whether somebody has a socket of another kind. */
static bool has_other(const struct player *p, int domain)
{
	const struct lenses *lenses = &player_timeline(p)->lenses;

	for (size_t i = 0; i < lenses->list.n; i++) {
		size_t newest = lenses->list.at[i].newest;

		if (newest != EVENT_NONE && (p->events.list.at[newest].u.lens.domain == AF_UNIX) ==
						    (domain == AF_UNIX))
			return true;
	}
	return false;
}

/* `A  sock CLOSE_WAIT · unread 5` */
static void write_where(struct str *to, enum role role, const struct event *e,
			const struct lens_way *way)
{
	str_addf(to, "%s  ", role == ROLE_A ? "A" : "B");
	if (!e) {
		str_add(to, _("no TCP socket"));
		return;
	}
	lens_words(to, e, way->cut ? LENS_LESS : LENS_ALL);
	if (way->cut)
		str_add(to, " · ");
	states_cut_words(to, way);
}

static void draw_where(struct canvas *c, int x, int y, int w, enum role role,
		       const struct event *e, const struct lens_way *way)
{
	struct str s = {0};

	write_where(&s, role, e, way);
	canvas_short(c, x, y, w, STYLE_NORMAL, str_text(&s));
	str_free(&s);
}

/*
 * Where the diagram has no room: the ways as lines.
 */

static void write_way(struct str *to, const struct lens_way *way)
{
	for (size_t i = 0; i < LENS_ARROWS; i++)
		if (way->arrow[i] != WAY_NOT)
			str_addf(to, way->arrow[i] == WAY_SEEN ? "%s → %s\n" : "(%s → %s)\n",
				 states_name(lens_arrows[i].from), states_name(lens_arrows[i].to));
}

static void add_lines_of(struct lines *lines, int width, enum role role, const struct event *e,
			 const struct lens_way *way)
{
	struct str s = {0};
	const char *at, *end;

	write_where(&s, role, e, way);
	flow_all(lines, width, STYLE_BOLD, str_text(&s));
	str_cut(&s, 0);
	if (e)
		write_way(&s, way);
	for (at = str_text(&s); (end = strchr(at, '\n')); at = end + 1) {
		char *line = mem_strndup(at, (size_t)(end - at));
		struct flow *f = flow_start(lines, width, "   ", "   ", STYLE_NORMAL);

		flow_text(f, STYLE_NORMAL, line);
		flow_end(f);
		free(line);
	}
	str_free(&s);
}

static void draw_lines(struct canvas *c, int x, int y, int h, struct lines *lines, int *scroll)
{
	int most = (int)lines->list.n > h ? (int)lines->list.n - h : 0;

	*scroll = *scroll > most ? most : *scroll < 0 ? 0 : *scroll;
	for (int i = 0; i < h && i + *scroll < (int)lines->list.n; i++)
		line_draw(c, x, y + i, c->columns - x, &lines->list.at[i + *scroll]);
}

/*
 * Sockets that have no such states.
 */

static const char *const of_unix[] = {
	N_("Unix sockets have no such diagram. Both ends are in this kernel, and there is no wire "
	   "between them: nothing can be lost or late, nothing is acknowledged or sent again, and "
	   "no state waits for the other side's answer."),
	N_("What they have instead: UNCONNECTED after socket(); LISTEN after listen(); CONNECTED as "
	   "soon as connect() has returned, even before accept(). close() tells the other end at "
	   "once: its next send() is EPIPE, and its recv() gives what is left and then the end, or "
	   "ECONNRESET where bytes were closed unread. Nothing stays behind but the file of the "
	   "path, until somebody removes it."),
	NULL,
};

static const char *const of_udp[] = {
	N_("UDP has no such diagram: there is no connection whose state two sides would have to "
	   "agree on. A socket is UNCONNECTED, or CONNECTED, which only says where send() goes and "
	   "whose datagrams are taken. Nobody hears when it is closed, but for the port "
	   "unreachable that answers a later datagram."),
	NULL,
};

static const char *const of_none[] = {
	N_("No process has a TCP socket yet."),
	NULL,
};

static void draw_instead(struct canvas *c, int x, int y, int w, int h, const struct player *p,
			 int *scroll)
{
	const char *const *why = has_other(p, AF_UNIX)	 ? of_unix
				 : has_other(p, AF_INET) ? of_udp
							 : of_none;
	const struct lenses *lenses = &player_timeline(p)->lenses;
	int width = w > 76 ? 76 : w;
	struct lines lines = {.ascii = c->ascii};

	for (; *why; why++) {
		flow_all(&lines, width, STYLE_NORMAL, _(*why));
		lines_add(&lines);
	}
	for (int r = 0; r < ROLES; r++) {
		uint32_t socket = lenses_telling(lenses, &p->events, (enum role)r);
		struct str s = {0};

		if (socket == 0)
			continue;
		str_addf(&s, "%s  ", r == ROLE_A ? "A" : "B");
		lens_words(&s, &p->events.list.at[lenses->list.at[socket - 1].newest], LENS_ALL);
		flow_all(&lines, width, STYLE_BOLD, str_text(&s));
		str_free(&s);
	}
	draw_lines(c, x, y, h, &lines, scroll);
	lines_free(&lines);
}

static void draw_tcp(struct canvas *c, int x, int y, int w, int h,
		     const struct event *const e[ROLES], const struct lens_way *const ways[ROLES],
		     int *scroll)
{
	struct lines lines = {.ascii = c->ascii};

	if (w >= STATES_COLUMNS && h >= STATES_ROWS + ROLES) {
		int left = x + (w - STATES_COLUMNS) / 2;
		int top = y + (h - STATES_ROWS - ROLES) / 2;

		states_draw(c, left, top, ways);
		for (int r = 0; r < ROLES; r++)
			draw_where(c, left, top + STATES_ROWS + r, STATES_COLUMNS, (enum role)r,
				   e[r], ways[r]);
		canvas_right(c, x, y + h, w - 1, STYLE_DIM,
			     _(" what is called or comes: what is sent · A seen · (A) passed, not "
			       "seen "));
		return;
	}
	for (int r = 0; r < ROLES; r++)
		add_lines_of(&lines, w, (enum role)r, e[r], ways[r]);
	draw_lines(c, x, y, h, &lines, scroll);
	canvas_right(c, x, y + h, w - 1, STYLE_DIM, _(" in parentheses: passed, not seen "));
	lines_free(&lines);
}

static void draw(struct canvas *c, int x, int y, int w, int h, struct model *m)
{
	const struct player *p = &m->player;
	const struct event *e[ROLES] = {find_socket(p, ROLE_A), find_socket(p, ROLE_B)};
	struct lens_way found[ROLES];
	const struct lens_way *ways[ROLES] = {NULL, NULL};

	for (int r = 0; r < ROLES; r++)
		if (e[r]) {
			lens_way_find(&found[r], &p->events, player_end(p), e[r]->u.lens.socket);
			ways[r] = &found[r];
		}
	canvas_box(c, x, y, w, h, _("States of TCP (RFC 9293, figure 5)"), STYLE_NORMAL);
	if (!e[ROLE_A] && !e[ROLE_B]) {
		draw_instead(c, x + 2, y + 1, w - 4, h - 2, p, &m->panels.scroll);
		return;
	}
	draw_tcp(c, x + 1, y + 1, w - 2, h - 2, e, ways, &m->panels.scroll);
}

/* Of the states that are shown. */
static void take_cards(struct model *m)
{
	for (int r = 0; r < ROLES; r++) {
		const struct event *e = find_socket(&m->player, (enum role)r);

		if (e)
			card_box_text(&m->box, m->cards, lens_state_name(&e->u.lens));
	}
}

static bool handle(struct model *m, enum op op, const struct input *input, struct request *request)
{
	(void)request;
	return panel_read(m, op, input, take_cards);
}

const struct panel panel_states = {
	.op = OP_STATES,
	.whole = true,
	.draw = draw,
	.handle = handle,
};
