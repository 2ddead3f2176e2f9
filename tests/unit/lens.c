/* timeline/lens: snapshots gathered, put in words, and the way through the states. */
#include "feed.h"
#include "suites.h"
#include "timeline/lens.h"
#include "timeline/lens_way.h"
#include "view/lens_line.h"

#include <string.h>
#include <sys/socket.h>

struct script {
	struct events events;
	int row;
};

static void add(struct script *s, struct event e)
{
	e.row = s->row;
	events_add(&s->events, e);
}

static void begin_row(struct script *s, int row)
{
	s->row = row;
	add(s, (struct event){.kind = EVENT_ROW, .role = ROLE_NONE});
}

/* A snapshot of TCP socket NUMBER of ROLE, which holds it as FD. */
static struct lens *snap(struct script *s, uint32_t number, enum role role, uint8_t state, int fd)
{
	struct event e = {.kind = EVENT_LENS, .role = role, .text = mem_strdup("sock: a:1 → b:2")};

	e.u.lens = (struct lens){.socket = number, .fd = {-1, -1}, .domain = AF_INET,
				 .type = SOCK_STREAM, .state = state, .port = 1, .peer_port = 2};
	e.u.lens.fd[role] = (int16_t)fd;
	add(s, e);
	return &s->events.list.at[s->events.list.n - 1].u.lens;
}

static void segment(struct script *s, uint8_t flags, bool lost)
{
	struct event e = {.kind = EVENT_SEGMENT, .role = ROLE_B};

	e.u.segment = (struct segment){.protocol = PROTOCOL_TCP, .flags = flags, .lost = lost,
				       .from = 2, .to = 1};
	add(s, e);
}

/* The one with these snapshots sends a segment (PORT 1), or its other end does (PORT 2). */
static struct segment *sent_by(struct script *s, uint16_t port, uint8_t flags, uint32_t seq,
			       uint32_t ack)
{
	struct event e = {.kind = EVENT_SEGMENT, .role = ROLE_B};

	e.u.segment = (struct segment){.protocol = PROTOCOL_TCP, .flags = flags, .from = port,
				       .to = (uint16_t)(3 - port), .seq = seq, .ack = ack};
	add(s, e);
	return &s->events.list.at[s->events.list.n - 1].u.segment;
}

static void texts(void)
{
	static const struct {
		const char *name, *local, *peer, *text;
	} all[] = {
		{"sock", "127.0.0.1:1", "127.0.0.1:2", "sock: 127.0.0.1:1 → 127.0.0.1:2"},
		{"listener", "demo.sock", NULL, "listener: demo.sock"},
		{"sock", NULL, "demo.sock", "sock: → demo.sock"},
		{"sock", "", "", "sock:"},
		{NULL, "[::1]:1", "[::1]:2", ": [::1]:1 → [::1]:2"},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct str s = {0}, back = {0};
		struct lens_text parts;

		lens_text_make(&s, all[i].name, all[i].local, all[i].peer);
		CHECK_TEXT(str_text(&s), all[i].text);
		lens_text_split(&parts, str_text(&s));
		str_addf(&back, "%.*s|%.*s|%.*s", (int)parts.name_len, parts.name,
			 (int)parts.local_len, parts.local, (int)parts.peer_len, parts.peer);
		str_cut(&s, 0);
		str_addf(&s, "%s|%s|%s", all[i].name ? all[i].name : "",
			 all[i].local ? all[i].local : "", all[i].peer ? all[i].peer : "");
		CHECK_TEXT(str_text(&back), str_text(&s));
		str_free(&s);
		str_free(&back);
	}
}

static void check_words(const struct event *e, enum lens_much much, const char *expected)
{
	struct str s = {0};

	lens_words(&s, e, much);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

static void words(void)
{
	struct script s = {.row = 0};
	struct lens *l = snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	struct event *e = &s.events.list.at[0];

	l->knows = LENS_KNOWS_UNREAD | LENS_KNOWS_UNACKED;
	check_words(e, LENS_ALL, "sock ESTABLISHED · unread 0");
	check_words(e, LENS_MOST, "sock ESTABLISHED");
	l->unread = 5;
	l->unacked = 7;
	l->again = 2;
	l->is = LENS_ERROR;
	check_words(e, LENS_ALL,
		    "sock ESTABLISHED · error pending · unread 5 · unacked 7 · sent again 2×");
	check_words(e, LENS_LEAST, "sock ESTABLISHED");
	/* What is not known is not said. */
	l->knows = l->is = 0;
	l->unread = l->unacked = l->again = 0;
	check_words(e, LENS_ALL, "sock ESTABLISHED");
	l->fd[ROLE_A] = -1;
	l->state = LENS_FIN_WAIT2;
	check_words(e, LENS_ALL, "sock closed · the kernel still holds FIN_WAIT2");
	check_words(e, LENS_LESS, "sock closed · kernel: FIN_WAIT2");
	check_words(e, LENS_LEAST, "sock closed: FIN_WAIT2");
	l->state = LENS_GONE;
	check_words(e, LENS_LESS, "sock closed");
	l->domain = AF_UNIX;
	l->state = LENS_ESTABLISHED;
	l->fd[ROLE_A] = 3;
	check_words(e, LENS_LEAST, "sock CONNECTED");
	l->is = LENS_PEER_GONE;
	check_words(e, LENS_LEAST, "sock peer gone");
	l->is = 0;
	l->state = LENS_LISTEN;
	l->knows = LENS_KNOWS_QUEUE;
	l->queue = 1;
	l->backlog = 16;
	check_words(e, LENS_LESS, "sock LISTEN · queue 1 of 16");
	events_free(&s.events);
}

static void check_rest(const struct event *e, const char *expected)
{
	struct str s = {0};

	lens_words_rest(&s, e);
	CHECK_TEXT(str_text(&s), expected);
	str_free(&s);
}

/* Of datagrams the kernel tells the bytes of the next. */
static void datagrams(void)
{
	struct script s = {.row = 0};
	struct lens *l = snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	struct event *e = &s.events.list.at[0];

	l->knows = LENS_KNOWS_UNREAD;
	l->type = SOCK_DGRAM;
	check_words(e, LENS_ALL, "sock CONNECTED · unread 0");
	check_rest(e, "");
	l->unread = 3;
	check_words(e, LENS_ALL, "sock CONNECTED · next datagram 3");
	check_rest(e, "unread: in the next datagram");
	l->type = SOCK_STREAM;
	check_rest(e, "");
	events_free(&s.events);
}

static void check_line(const struct player *p, int columns, const char *expected)
{
	struct canvas c;
	char *text;

	canvas_start(&c, columns, 1, true);
	lens_line_draw(&c, 0, 0, columns, p, ROLE_A, 0);
	text = feed_text(&c);
	text[strcspn(text, "\n")] = '\0';
	CHECK_TEXT(text, expected);
	free(text);
	canvas_free(&c);
}

/* Under a pane stands what is most telling and has room, and at least the state. */
static void one_line(void)
{
	static const struct feed_row rows[] = {{"send()", NULL, NULL}};
	struct lesson *lesson = feed_lesson(LINK_TCP, rows, 1);
	struct player p = {0};
	struct event e = {.kind = EVENT_LENS, .role = ROLE_A,
			  .u.lens = {.socket = 1, .fd = {3, -1}, .domain = AF_INET,
				     .type = SOCK_STREAM, .state = LENS_ESTABLISHED, .unread = 7,
				     .unacked = 16384, .unsent = 3830698, .again = 2,
				     .knows = LENS_KNOWS_UNREAD | LENS_KNOWS_UNACKED}};

	player_start(&p, lesson, &lesson->demos.at[0]);
	feed_begin(&p);
	e.text = mem_strdup("sock:");
	player_event(&p, e, 0);
	check_line(&p, 90, "  sock ESTABLISHED - unread 7 - unacked 16384 - unsent 3830698 - "
			   "sent again 2x");
	check_line(&p, 66, "  sock ESTABLISHED - unread 7 - unacked 16384 - unsent 3830698");
	check_line(&p, 60, "  sock ESTABLISHED - unread 7 - unacked 16384");
	check_line(&p, 40, "  sock ESTABLISHED - unread 7");
	check_line(&p, 30, "  sock ESTABLISHED");
	e.u.lens.fd[ROLE_A] = -1;
	e.u.lens.state = LENS_FIN_WAIT1;
	e.text = mem_strdup("sock:");
	player_event(&p, e, 0);
	check_line(&p, 50, "  sock closed - kernel: FIN_WAIT1 - unread 7");
	check_line(&p, 38, "  sock closed - kernel: FIN_WAIT1");
	check_line(&p, 32, "  sock closed: FIN_WAIT1");
	player_free(&p);
	feed_lesson_free(lesson);
}

static void gathering(void)
{
	struct script s = {.row = 0};
	struct lenses lenses = {0};

	begin_row(&s, 0);
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	snap(&s, 2, ROLE_B, LENS_ESTABLISHED, 4);
	begin_row(&s, 1);
	snap(&s, 2, ROLE_B, LENS_FIN_WAIT1, -1);
	for (size_t i = 0; i < s.events.list.n; i++)
		lenses_take(&lenses, &s.events, i);
	CHECK_NUMBER(lenses.list.n, 2);
	CHECK_NUMBER(lenses.list.at[0].newest, 1);
	CHECK_NUMBER(lenses.list.at[0].before, 1);
	CHECK_NUMBER(lenses.list.at[1].newest, 4);
	CHECK_NUMBER(lenses.list.at[1].before, 2);
	CHECK_NUMBER(lenses.list.at[1].first, 2);
	CHECK_NUMBER(lenses_telling(&lenses, &s.events, ROLE_B), 2);
	/* A new run knows nothing of the old one. */
	add(&s, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	lenses_take(&lenses, &s.events, s.events.list.n - 1);
	CHECK_NUMBER(lenses.list.n, 0);
	CHECK_NUMBER(lenses_telling(&lenses, &s.events, ROLE_B), 0);
	lenses_free(&lenses);
	events_free(&s.events);
}

/* The one that is called sock, then what is held, then what the kernel has. */
static void telling(void)
{
	struct script s = {.row = 0};
	struct lenses lenses = {0};

	snap(&s, 1, ROLE_A, LENS_LISTEN, 3);
	memcpy(s.events.list.at[0].text, "list", 4);
	snap(&s, 2, ROLE_A, LENS_ESTABLISHED, 4);
	snap(&s, 3, ROLE_A, LENS_ESTABLISHED, 5);
	memcpy(s.events.list.at[2].text, "more", 4);
	for (size_t i = 0; i < s.events.list.n; i++)
		lenses_take(&lenses, &s.events, i);
	CHECK_NUMBER(lenses_telling(&lenses, &s.events, ROLE_A), 2);
	snap(&s, 2, ROLE_A, LENS_GONE, -1);
	lenses_take(&lenses, &s.events, 3);
	CHECK_NUMBER(lenses_telling(&lenses, &s.events, ROLE_A), 3);
	snap(&s, 3, ROLE_A, LENS_FIN_WAIT2, -1);
	memcpy(s.events.list.at[4].text, "more", 4);
	lenses_take(&lenses, &s.events, 4);
	CHECK_NUMBER(lenses_telling(&lenses, &s.events, ROLE_A), 1);
	lenses_free(&lenses);
	events_free(&s.events);
}

/* The arrows of WAY that were seen, then in parentheses those that were not. */
static void write_way(struct str *to, const struct lens_way *way)
{
	for (int how = WAY_SEEN; how >= WAY_UNSEEN; how--)
		for (size_t i = 0; i < LENS_ARROWS; i++)
			if (way->arrow[i] == how)
				str_addf(to, how == WAY_SEEN ? " %d-%d" : " (%d-%d)",
					 lens_arrows[i].from, lens_arrows[i].to);
	if (way->cut)
		str_addf(to, " cut %d%s", way->cut_from, way->reset ? " reset" : "");
	str_addf(to, " at %d", way->at);
}

static void check_way(struct script *s, uint32_t socket, const char *expected)
{
	struct lens_way way;
	struct str text = {0};

	lens_way_find(&way, &s->events, s->events.list.n, socket);
	write_way(&text, &way);
	CHECK_TEXT(str_text(&text), expected);
	str_free(&text);
	events_free(&s->events);
}

/* Numbers as in enum lens_state: 7 is CLOSED before, 0 CLOSED after. */
static void ways(void)
{
	struct script s = {.row = 0};

	/* connect() has run through SYN_SENT. */
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	check_way(&s, 1, " (7-2) (2-1) at 1");
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	snap(&s, 1, ROLE_A, LENS_FIN_WAIT1, -1);
	snap(&s, 1, ROLE_A, LENS_FIN_WAIT2, -1);
	snap(&s, 1, ROLE_A, LENS_TIME_WAIT, -1);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " 7-2 2-1 1-4 4-5 5-6 6-0 at 0");
	/* Whether one segment or two made FIN_WAIT1 TIME_WAIT was not seen. */
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	snap(&s, 1, ROLE_A, LENS_FIN_WAIT1, -1);
	snap(&s, 1, ROLE_A, LENS_TIME_WAIT, -1);
	check_way(&s, 1, " 7-2 (2-1) (1-4) (4-6) at 6");
	/* Both connect to each other; then both close. */
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	snap(&s, 1, ROLE_A, LENS_SYN_RECV, 3);
	snap(&s, 1, ROLE_A, LENS_FIN_WAIT1, -1);
	snap(&s, 1, ROLE_A, LENS_CLOSING, -1);
	snap(&s, 1, ROLE_A, LENS_TIME_WAIT, -1);
	check_way(&s, 1, " 7-2 2-3 4-11 11-6 (3-1) (1-4) at 6");
	/* The side that closes last: its end was not seen, but is in order. */
	snap(&s, 1, ROLE_B, LENS_CLOSE_WAIT, 4);
	snap(&s, 1, ROLE_B, LENS_GONE, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-8) (8-9) (9-0) at 0");
	/* A socket that never was connected. */
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " at 7");
	/* A listener. */
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	snap(&s, 1, ROLE_A, LENS_LISTEN, 3);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " 7-10 10-0 at 0");
}

enum {
	SYN = SEGMENT_SYN,
	ACK = SEGMENT_ACK,
	SYN_ACK = SEGMENT_SYN | SEGMENT_ACK,
	FIN_ACK = SEGMENT_FIN | SEGMENT_ACK,
};

/* Of states that no snapshot has, the segments tell which they were. */
static void ways_by_segments(void)
{
	struct script s = {.row = 0};

	/* connect() is answered; both call each other. */
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	sent_by(&s, 1, SYN, 0, 0);
	sent_by(&s, 2, SYN_ACK, 0, 1);
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	check_way(&s, 1, " 7-2 2-1 at 1");
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	sent_by(&s, 1, SYN, 0, 0);
	sent_by(&s, 2, SYN, 0, 0);
	sent_by(&s, 1, SYN_ACK, 0, 1)->again = true;
	sent_by(&s, 2, SYN_ACK, 0, 1)->again = true;
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	check_way(&s, 1, " 7-2 (2-3) (3-1) at 1");
	/* The other's SYN was lost: only its answer came. */
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	sent_by(&s, 1, SYN, 0, 0);
	sent_by(&s, 2, SYN, 0, 0)->lost = true;
	sent_by(&s, 2, SYN_ACK, 0, 1)->again = true;
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	check_way(&s, 1, " 7-2 2-1 at 1");
	/* FIN_WAIT1 to TIME_WAIT by CLOSING, by FIN_WAIT2, and by one segment. */
	for (int how = 0; how < 3; how++) {
		snap(&s, 1, ROLE_A, LENS_FIN_WAIT1, 3);
		sent_by(&s, 1, FIN_ACK, 0, 0);
		if (how == 1)
			sent_by(&s, 2, ACK, 0, 1);
		sent_by(&s, 2, FIN_ACK, 0, how == 0 ? 0 : 1);
		if (how == 0)
			sent_by(&s, 2, ACK, 1, 1);
		snap(&s, 1, ROLE_A, LENS_TIME_WAIT, -1);
		check_way(&s, 1, how == 0   ? " (7-2) (2-1) (1-4) (4-11) (11-6) at 6"
				 : how == 1 ? " (7-2) (2-1) (1-4) (4-5) (5-6) at 6"
					    : " (7-2) (2-1) (1-4) (4-6) at 6");
	}
	/* A FIN that came before its turn changed nothing yet. */
	snap(&s, 1, ROLE_A, LENS_FIN_WAIT1, 3);
	sent_by(&s, 1, FIN_ACK, 0, 0);
	sent_by(&s, 2, FIN_ACK, 5, 0);
	sent_by(&s, 2, ACK, 0, 1)->len = 5;
	sent_by(&s, 2, FIN_ACK, 5, 1)->again = true;
	snap(&s, 1, ROLE_A, LENS_TIME_WAIT, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-4) (4-5) (5-6) at 6");
}

/* What was accepted came from LISTEN, which is seen of its listener alone. */
static void ways_of_the_accepted(void)
{
	struct script s = {.row = 0};
	struct event call = {.kind = EVENT_CALL, .role = ROLE_B, .call = 1};
	struct event ret = {.kind = EVENT_RETURN, .role = ROLE_B, .call = 1};

	snap(&s, 1, ROLE_B, LENS_CLOSE, 3);
	snap(&s, 1, ROLE_B, LENS_LISTEN, 3);
	snap(&s, 2, ROLE_B, LENS_SYN_RECV, -1);
	snap(&s, 2, ROLE_B, LENS_ESTABLISHED, 4);
	check_way(&s, 2, " 7-10 10-3 3-1 at 1");
	snap(&s, 1, ROLE_B, LENS_LISTEN, 3);
	snap(&s, 2, ROLE_B, LENS_ESTABLISHED, -1)->is = LENS_WAITS;
	check_way(&s, 2, " 7-10 (10-3) (3-1) at 1");
	call.text = mem_strdup("sock = accept(listener, NULL, NULL)");
	ret.u.ret.result = 4;
	add(&s, call);
	add(&s, ret);
	snap(&s, 1, ROLE_B, LENS_ESTABLISHED, 4);
	check_way(&s, 1, " (7-10) (10-3) (3-1) at 1");
	/* Another descriptor is not what accept() gave. */
	call.text = mem_strdup("sock = accept(listener, NULL, NULL)");
	add(&s, call);
	add(&s, ret);
	snap(&s, 1, ROLE_B, LENS_ESTABLISHED, 5);
	check_way(&s, 1, " (7-2) (2-1) at 1");
}

static void ways_cut_off(void)
{
	struct script s = {.row = 0};

	/* Still held, and CLOSE: nobody closed it. */
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	check_way(&s, 1, " (7-2) (2-1) cut 1 at 0");
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3);
	segment(&s, SEGMENT_RST, false);
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	check_way(&s, 1, " (7-2) (2-1) cut 1 reset at 0");
	/* A reset that was lost, or that came earlier, did nothing. */
	snap(&s, 1, ROLE_A, LENS_CLOSE_WAIT, 3);
	segment(&s, SEGMENT_RST, true);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-8) (8-9) (9-0) at 0");
	segment(&s, SEGMENT_RST, false);
	snap(&s, 1, ROLE_A, LENS_CLOSE_WAIT, 3);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-8) (8-9) (9-0) at 0");
	snap(&s, 1, ROLE_A, LENS_CLOSE_WAIT, 3);
	segment(&s, SEGMENT_RST | SEGMENT_ACK, false);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-8) cut 8 reset at 0");
	/* TIME_WAIT takes a minute: it cannot have been passed unseen. */
	snap(&s, 1, ROLE_A, LENS_FIN_WAIT2, -1);
	snap(&s, 1, ROLE_A, LENS_GONE, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-4) (4-5) cut 5 at 0");
	/* Without a capture the other end tells: in good order it waits. */
	snap(&s, 2, ROLE_B, LENS_ESTABLISHED, 4);
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3)->peer = 2;
	snap(&s, 1, ROLE_A, LENS_GONE, -1)->peer = 2;
	snap(&s, 2, ROLE_B, LENS_CLOSE, 4);
	check_way(&s, 1, " (7-2) (2-1) cut 1 at 0");
	snap(&s, 2, ROLE_B, LENS_ESTABLISHED, 4);
	snap(&s, 1, ROLE_A, LENS_ESTABLISHED, 3)->peer = 2;
	snap(&s, 1, ROLE_A, LENS_GONE, -1)->peer = 2;
	snap(&s, 2, ROLE_B, LENS_TIME_WAIT, -1);
	check_way(&s, 1, " (7-2) (2-1) (1-8) (8-9) (9-0) at 0");
	/* Still held, and ended in good order: both were shut down. */
	snap(&s, 1, ROLE_B, LENS_CLOSE_WAIT, 4);
	sent_by(&s, 1, FIN_ACK, 0, 0);
	sent_by(&s, 2, ACK, 0, 1);
	snap(&s, 1, ROLE_B, LENS_CLOSE, 4);
	check_way(&s, 1, " (7-2) (2-1) (1-8) (8-9) (9-0) at 0");
	snap(&s, 1, ROLE_B, LENS_CLOSE_WAIT, 4);
	sent_by(&s, 1, FIN_ACK, 0, 0);
	snap(&s, 1, ROLE_B, LENS_CLOSE, 4);
	check_way(&s, 1, " (7-2) (2-1) (1-8) cut 8 at 0");
	snap(&s, 2, ROLE_A, LENS_TIME_WAIT, -1);
	snap(&s, 1, ROLE_B, LENS_CLOSE_WAIT, 4)->peer = 2;
	snap(&s, 1, ROLE_B, LENS_CLOSE, 4)->peer = 2;
	check_way(&s, 1, " (7-2) (2-1) (1-8) (8-9) (9-0) at 0");
	/* connect() gave up. */
	snap(&s, 1, ROLE_A, LENS_SYN_SENT, 3);
	snap(&s, 1, ROLE_A, LENS_CLOSE, 3);
	check_way(&s, 1, " 7-2 2-0 at 0");
}

static const struct test tests[] = {
	{"texts", texts},
	{"words", words},
	{"datagrams", datagrams},
	{"one_line", one_line},
	{"gathering", gathering},
	{"telling", telling},
	{"ways", ways},
	{"ways_by_segments", ways_by_segments},
	{"ways_of_the_accepted", ways_of_the_accepted},
	{"ways_cut_off", ways_cut_off},
	{NULL, NULL},
};

const struct suite suite_lens = {"lens", NULL, NULL, tests};
