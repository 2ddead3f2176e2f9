/*
 * What a role did, whatever calls it made for that.
 */
#include "timeline/conduct.h"

#include "base/clock.h"
#include "base/names.h"
#include "lesson/action.h"
#include "suites.h"
#include "timeline/pattern.h"

#include <stdlib.h>
#include <string.h>

/*
 * Patterns.
 */

/* Give the bytes of TEXT in pieces of SIZE. Returns how many make PATTERN whole; -1: it is open
 * after all of them; -2: it is broken. */
static int walk(const char *kept, const char *text, size_t size)
{
	struct pattern pattern = pattern_make(kept, strlen(kept));
	struct pattern_walk at = {0};
	enum pattern_state state = PATTERN_OPEN;
	size_t len = strlen(text), given = 0, taken = 0;

	while (state == PATTERN_OPEN && given < len) {
		size_t n = len - given < size ? len - given : size;

		state = pattern_feed(&at, &pattern, text + given, n, &taken);
		given += state == PATTERN_WHOLE ? taken : n;
	}
	pattern_free(&pattern);
	return state == PATTERN_WHOLE ? (int)given : state == PATTERN_OPEN ? -1 : -2;
}

static void patterns(void)
{
	static const struct {
		const char *kept, *text;
		int taken;
	} rows[] = {
		{"GET\n", "GET\nGET\n", 4}, {"GET\n", "GET", -1}, {"GET\n", "GOT\n", -2},
		{"*\n", "hello\nmore", 6}, {"*\n", "\n", 1}, {"*\n", "hello", -1},
		{"OK*\n", "OK\n", 3}, {"OK*\n", "OK fine\nOK\n", 8}, {"OK*\n", "KO\n", -2},
		{"*aab", "aaab", 4}, {"*abab", "abaabab!", 7}, {"*a*b*c", "xaybzc.", 6},
		{"**a", "aa", 1}, {"\\*a", "*a", 2}, {"\\*a", "xa", -2}, {"\\\\*", "\\a", 2},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t size = 1; size < 4; size++) {
			/* What a star at the end stands for depends on the pieces. */
			if (rows[i].kept[strlen(rows[i].kept) - 1] == '*' && size == 1)
				continue;
			if (!CHECK_NUMBER(walk(rows[i].kept, rows[i].text, size), rows[i].taken))
				CHECK_TEXT(rows[i].kept, rows[i].text);
		}
}

static void a_star_at_the_end_takes_the_piece(void)
{
	CHECK_NUMBER(walk("OK*", "OK, and more", 64), 12);
	CHECK_NUMBER(walk("OK*", "OK, and more", 3), 3);
	CHECK_NUMBER(walk("*", "hello", 2), 2);
	CHECK_NUMBER(walk("*", "", 2), -1);
}

/*
 * Runs.
 */

/* What a letter says that a task did. */
static enum did did_of(char letter)
{
	static const char letters[] = "?-wLCEASRHX"; /* in the order of enum did */

	return (enum did)(strchr(letters, letter) - letters);
}

static char *bytes_of(const char *word, size_t *len)
{
	char *bytes = mem_strdup(word);

	for (char *p = bytes; *p; p++)
		*p = *p == '_' ? '\n' : *p;
	*len = strlen(bytes);
	return bytes;
}

/* `S5:GET_`, `C5!EPIPE`, `E5=0`: a letter, the socket, and what came of it. */
static void add_return(struct event *e, const char *what)
{
	char *rest;

	e->kind = EVENT_RETURN;
	e->u.ret.did = did_of(what[0]);
	e->u.ret.socket = strtoul(what + 1, &rest, 10);
	e->u.ret.reads = e->u.ret.did == DID_READ;
	e->u.ret.result = e->u.ret.did == DID_WAIT;
	if (*rest == '!') {
		e->u.ret.err = errno_number(rest + 1, strlen(rest + 1));
		e->u.ret.result = -1;
	} else if (*rest == '=' && e->u.ret.did == DID_CONFIRM) {
		e->text = mem_strdup(rest + 1);
	} else if (*rest == '=') {
		e->u.ret.result = atol(rest + 1);
	} else if (*rest == ':' && e->u.ret.did == DID_READ) {
		e->u.ret.bytes = bytes_of(rest + 1, &e->u.ret.len);
		e->u.ret.result = (long)e->u.ret.len;
	} else if (*rest == ':') {
		e->u.ret.sent = bytes_of(rest + 1, &e->u.ret.sent_len);
		e->u.ret.result = (long)e->u.ret.sent_len;
	}
}

/* Events written as words: the task, and `start`, `thread`, `call`, `SIGPIPE`, `end=0`,
 * `end!SIGPIPE`, or what a call did; `@7` is the time in ms from there on, B's are passed over. */
static struct events run(const char *words, int64_t *now)
{
	struct events events = {0};
	char *copy = mem_strdup(words), *save, *word;

	*now = 0;
	events_add(&events, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	for (word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *what;
		struct event e = {.ns = *now, .role = ROLE_A, .row = 1};

		if (*word == '@') {
			*now = atol(word + 1) * CLOCK_MS;
			continue;
		}
		if (*word == 'B')
			e.role = ROLE_B;
		e.task = (unsigned)strtoul(word + (*word == 'B'), &what, 10);
		if (strcmp(what, "start") == 0 || strcmp(what, "thread") == 0) {
			e.kind = EVENT_START;
			e.text = mem_strdup(e.task > 1 ? what : NULL);
		} else if (strcmp(what, "call") == 0) {
			e.kind = EVENT_CALL;
			e.text = mem_strdup("recv(3, buf, 16, 0)");
		} else if (strcmp(what, "ready") == 0) {
			e.kind = EVENT_READY;
		} else if (strncmp(what, "SIG", 3) == 0) {
			e.kind = EVENT_SIGNAL;
			e.u.signal.number = signal_number(what, strlen(what), 0);
		} else if (strncmp(what, "end", 3) == 0) {
			e.kind = EVENT_END;
			e.u.end.signal = what[3] == '!' ?
				signal_number(what + 4, strlen(what + 4), 0) : 0;
			e.u.end.status = what[3] == '=' ? atoi(what + 4) : 0;
		} else {
			add_return(&e, what);
		}
		events_add(&events, e);
	}
	free(copy);
	return events;
}

/* How many of the outcomes, `connects; sends "GET\n"`, are found one after the other. GROWS: as
 * the events come. FROM becomes where the next would be looked for. */
static size_t find_all(const struct outcome *outcomes, size_t n, const struct events *events,
		       int64_t now, bool grows, size_t *from)
{
	struct conduct c = {0};
	struct events until = *events;
	size_t found = 0, at;

	*from = 0;
	for (until.list.n = grows ? 1 : events->list.n; until.list.n <= events->list.n;
	     until.list.n++) {
		bool last = until.list.n == events->list.n;
		int64_t time = last ? now : until.list.at[until.list.n - 1].ns;

		while (found < n && conduct_find(&c, &outcomes[found], ROLE_A, &until, *from, time,
						 &at)) {
			*from = at + 1;
			found++;
		}
	}
	conduct_free(&c);
	return found;
}

static size_t parse_all(struct outcome *outcomes, size_t most, const char *cells)
{
	char *copy = mem_strdup(cells), *save, *cell;
	struct errs errs = {0};
	size_t n = 0;

	for (cell = strtok_r(copy, ";", &save); cell && n < most; cell = strtok_r(NULL, ";", &save)) {
		struct cell parsed = {0};

		CHECK_NUMBER(cell_parse(&parsed, cell, "x.md", 1, &errs), 0);
		outcomes[n++] = parsed.outcome;
		parsed.outcome = (struct outcome){0};
		cell_free(&parsed);
	}
	errs_free(&errs);
	free(copy);
	return n;
}

/* The first N of the outcomes are found in the run, and no more. */
static void check(const char *cells, const char *words, size_t n)
{
	struct outcome outcomes[16];
	size_t all = parse_all(outcomes, 16, cells), from;
	int64_t now;
	struct events events = run(words, &now);

	for (int grows = 0; grows < 2; grows++)
		if (!CHECK_NUMBER(find_all(outcomes, all, &events, now, grows, &from), n))
			CHECK_TEXT(cells, words);
	for (size_t i = 0; i < all; i++)
		outcome_free(&outcomes[i]);
	events_free(&events);
}

static void connects(void)
{
	check("connects", "1C5", 1);
	check("connects", "1C5!ECONNREFUSED", 0);
	check("connects", "1C5!ECONNREFUSED 1X5 1C6!ECONNREFUSED 1X6 1C7", 1);
	check("connects", "1C5!EINPROGRESS", 0);
	check("connects", "1C5!EINPROGRESS 1w 1E5=0", 1);
	check("connects", "1C5!EINPROGRESS 1w 1E5=ECONNREFUSED", 0);
	check("connects", "1C5!EINPROGRESS 1E5=0", 0); /* it was asked too early */
	check("connects", "1C5!EINPROGRESS 1w 1E6=0", 0);
	check("connects", "1C5!EINPROGRESS 1C5!EALREADY 1C5!EISCONN", 1);
	check("connects", "1C5!EINTR 1w 1E5=0", 1);
	check("connects", "1C5!EAGAIN 1w 1E5=0", 0);
	check("connects", "1C5!EINPROGRESS 2S5:x", 1);
	check("connects", "1C5!EINPROGRESS 1S5!EAGAIN", 0);
	check("connects", "1E5=0 1S5:x", 0);
	check("connects;sends \"x\"", "1C5!EINPROGRESS 1S5:x", 2);
	check("connects;sends \"x\"", "1C5!EINPROGRESS 1w 1E5=0 1S5:x", 2);
	check("ECONNREFUSED;connects", "1C5!EINPROGRESS 1w 1E5=ECONNREFUSED 1X5 1C6", 2);
	check("connects;connects", "1C5", 1);
	check("listens;accepts", "1L4 1A5", 2);
	check("listens;accepts", "1L4!EADDRINUSE 1A5!EAGAIN", 0);
	check("accepts;accepts", "1A5 1X5 1A6", 2);
}

static void sends(void)
{
	check("sends \"GET\\n\"", "1S5:GET_", 1);
	check("sends \"GET\\n\"", "1S5:GE 1S5:T 1S5:_", 1);
	check("sends \"GET\\n\"", "1S5:GE 2S5:T_", 1); /* by another thread */
	check("sends \"GET\\n\"", "1S5:GE 1S6:T_", 0);
	check("sends \"GET\\n\"", "1S5:GE 1S6:XX 1S5:T_", 1);
	check("sends \"GET\\n\"", "1S5:GE 1S5!EAGAIN 1S5:T_", 1);
	check("sends \"GET\\n\"", "1S5:xGET_", 0);
	check("sends \"GET\\n\"", "1S5:x 1S5:GET_", 0);
	check("sends \"*GET\\n\"", "1S5:x 1S5:GET_", 1);
	check("sends \"GET\\n\"", "1S5:x 1X5 1C6 1S6:GET_", 1); /* again on a new connection */
	check("sends \"GET\\n\"", "1R5:GET_", 0);
	check("sends \"GET\\n\"", "B1S5:GET_", 0);
	check("sends", "1S5:GET_", 1);
	check("sends", "1S5!EPIPE", 0);
	check("sends", "1S5=400", 1); /* by sendfile() */
	check("sends;sends", "1S5=400", 1);
	check("sends \"GET*\\n\"", "1S5=400", 0);
	check("sends \"GET\\n\";EPIPE;survives", "1S5:GET_ 1S5!EPIPE 1call", 3);
}

/* What a library looks up elsewhere meets no goal, and misses none. */
static void what_is_elsewhere_counts_for_nothing(void)
{
	check("connects", "1-5", 0);
	check("ENOENT", "1-5!ENOENT", 0);
	check("ENOENT;connects", "1-5!ENOENT 1C6!ENOENT 1-7 1C8", 2);
	check("sends", "1-5:GET_", 0);
	check("EOF", "1-5=0", 0);
	check("closes", "1C5 1-6", 0);
	check("connects;waits 100ms", "1C5 @50 1-6!ECONNREFUSED @110 1S5:x", 2);
	check("connects;survives", "1C5 1call 1-6", 2); /* it lives */
}

static void what_is_left_serves_the_next(void)
{
	check("sends \"1\\n\";sends \"2\\n\"", "1S5:1_2_", 2);
	check("sends \"1\\n\";sends \"2\\n\"", "1S5:1_2 1S5:_", 2);
	check("sends \"1\\n\";sends \"1\\n\"", "1S5:1_", 1);
	check("sends \"1\\n\";sends \"2\\n\"", "1S5:1_x 1S5:2_", 2);
	check("sends \"1\\n\";sends \"2\\n\"", "1S5:1_x2_", 1);
	check("sends;sends \"2\"", "1S5:12", 1);
	check("sends \"1*\";sends \"2\"", "1S5:12 1S5:2", 2);
	/* An answer that was sent before the question was read is none. */
	check("sends \"1\\n\";reads \"ok\";sends \"2\\n\"", "1S5:1_2_ 1R5:ok", 2);
	check("sends \"1\\n\";reads \"ok\";sends \"2\\n\"", "1S5:1_ 1S5:2_ 1R5:ok", 2);
	check("sends \"1\\n\";reads \"ok\";sends \"2\\n\"", "1S5:1_ 1R5:ok 1S5:2_", 3);
}

static void reads(void)
{
	check("reads \"OK\\n\"", "1R5:O 1R5:K 1R5:_", 1);
	check("reads \"OK\\n\"", "1R5:O 1R5=0", 0);
	check("reads \"O\";EOF", "1R5:O 1R5=0", 2);
	check("reads \"*\\n\";reads \"*\\n\";EOF", "1R5:a_b 1R5:_ 1R5=0", 3);
	/* A buffer: it was read before the first was answered. */
	check("reads \"1\\n\";sends \"a\";reads \"2\\n\";sends \"b\"", "1R5:1_2_ 1S5:a 1S5:b", 4);
	check("reads \"1\\n\";sends \"a\";reads \"2\\n\";sends \"b\"",
	      "1R5:1_2 1S5:a 1R5:_ 1S5:b", 4);
	check("reads \"1\\n\";sends \"a\";reads \"2\\n\"", "1R5:1_ 2R5:2_ 1S5:a", 3);
	check("reads \"1\\n\";sends \"a\";reads \"2\\n\";reads \"3\\n\"", "1R5:1_2_ 1S5:a 1R5:3_",
	      4);
	check("reads \"1\\n\";sends \"a\";reads \"2\\n\"", "1R5:1_ 1S5:a", 2);
	check("reads \"1\\n\";sends \"a\";reads \"2\\n\"", "1R5:1_2_ 1S5:a 1X5 1R6:2_", 3);
	check("reads", "1R5=0", 0);
	check("reads", "1R5:x", 1);
}

static void closes(void)
{
	check("closes", "1C5 1X5", 1);
	check("closes", "1A5 1X5", 1);
	check("closes", "1L4 1A5 1X4", 0);
	check("closes", "1C5!ECONNREFUSED 1X5", 0);
	check("closes", "1X5", 0);
	check("closes", "1S5:x 1X5", 1);
	check("closes", "1C5 1end=0", 1);
	check("closes", "1C5 1end!SIGPIPE", 1);
	check("closes;closes", "1C5 1X5 1end=0", 1);
	check("closes;exited 0", "1C5 1end=0", 2);
	check("closes;closes", "1C5 1end=0", 1);
	check("closes;closes", "1A5 2start 1X5 2S5:x 2X5 2end=0", 1); /* a copy of the same */
	check("closes", "1C5 2thread 2end=0", 0);
	check("closes", "1start 1L4 1A5 2start 2R5:x 2end=0", 1);
	check("connects;closes;connects", "1C5 1X5 1C6", 3);
}

static void survives(void)
{
	check("EPIPE;survives", "1S5!EPIPE 1call", 2);
	check("EPIPE;survives", "1S5!EPIPE 1SIGPIPE 1end!SIGPIPE", 1);
	check("EPIPE;survives", "1S5!EPIPE 1end=1", 2);
	check("EPIPE;survives;exited 1", "1S5!EPIPE 1end=1", 3);
	check("EPIPE;survives;exited 0", "1S5!EPIPE 1end=1", 2);
	check("EPIPE;survives", "1S5!EPIPE @900", 1);
	check("EPIPE;survives", "1S5!EPIPE @1001", 2); /* it sleeps */
	/* What another thread began before the signal says nothing. */
	check("EPIPE;survives", "1start 2thread 1S5!EPIPE 2call 1SIGPIPE 2end!SIGPIPE 1end!SIGPIPE",
	      1);
	check("EPIPE;survives", "1start 2thread 2S5!EPIPE 2SIGPIPE 2end!SIGPIPE @200 1end!SIGPIPE",
	      1);
	check("EPIPE;survives", "1start 2thread 2S5!EPIPE @150 1call", 2);
	check("EPIPE;survives", "1start 2thread 2S5!EPIPE 2end=0", 2);
	/* A child is killed; the server goes on. */
	check("EPIPE;survives", "1start 2start 2S5!EPIPE 2SIGPIPE 2end!SIGPIPE 1call", 2);
	check("EPIPE;survives", "1start 2start 1S5!EPIPE 1SIGPIPE 1end!SIGPIPE @200 2call", 1);
	check("EPIPE + SIGPIPE;survives", "1call 1S5!EPIPE 1SIGPIPE 1call", 2);
	check("EPIPE + SIGPIPE", "1call 1S5!EPIPE 1call 1SIGPIPE", 0);
	check("survives;exited 3", "1call 1R5=0 1end=3", 2);
}

static void ends(void)
{
	check("exited 0", "2start 2end=0", 0);
	check("exited 0", "2start 2end=1 1end=0", 1);
	check("exited 0", "1end=1", 0);
	check("Terminated", "2end!SIGPIPE", 0);
	check("Terminated", "1end!SIGPIPE", 1);
	check("SIGPIPE;Terminated", "1SIGPIPE 1end!SIGPIPE", 2);
	check("SIGKILL", "1end!SIGKILL", 1);
}

static void waits(void)
{
	check("ECONNREFUSED;waits 200ms;connects", "1C5!ECONNREFUSED 1X5 @250 1C6", 3);
	check("ECONNREFUSED;waits 200ms;connects", "1C5!ECONNREFUSED 1X5 @150 1C6", 1);
	check("ECONNREFUSED;waits 200ms", "1C5!ECONNREFUSED 1X5 @199", 1);
	check("ECONNREFUSED;waits 200ms", "1C5!ECONNREFUSED 1X5 @200", 2);
	/* Who asks again and again does not wait. */
	check("ECONNREFUSED;waits 200ms", "1C5!ECONNREFUSED @100 1C6!ECONNREFUSED @200 "
	      "1C7!ECONNREFUSED @300 1C8!ECONNREFUSED @400 1C9", 1);
	check("ECONNREFUSED;waits 200ms", "1C5!ECONNREFUSED @100 1C6!ECONNREFUSED @310 1C7", 2);
	/* Who looks in vain does. */
	check("ECONNREFUSED;waits 200ms;reads", "1C5!ECONNREFUSED @100 1w @120 1R5!EAGAIN @210 "
	      "1R5:x", 3);
	check("waits 200ms;waits 200ms", "1start @390", 1);
	check("waits 200ms;waits 200ms", "1start @410", 2);
	check("waits 200ms;connects;waits 200ms", "1start @210 1C5 @300 1S5:x @450", 2);
	check("waits 200ms", "@300 1start @400 1C5", 0); /* it was not there yet */
	check("waits 200ms", "1start @100 1end=0 @400", 0);
	check("waits 200ms", "1start @300 1end=0", 1);
}

static void by_calls_of_a_script(void)
{
	check("connects", "0call 0C3", 1);
	check("survives", "0call 0S3!EPIPE 0ready", 1);
	check("EPIPE;survives", "0call 0S3!EPIPE 0SIGPIPE 0end!SIGPIPE", 1);
	check("closes", "0call 0X3", 1);
	check("waits 200ms", "0start @100 0call @250 0R3:x @900 0call @901 0R3:x", 0);
	check("waits 200ms;= 1", "0start @100 0call @350 0R3:x", 2);
	check("waits 200ms", "0start @100 0call @350", 1);
	check("waits 200ms", "0start @100 0call 0R3:x @350", 0);
}

/* Each event is looked at once, and what is closed is forgotten: what is quadratic takes a minute.
 * FIRST is done on a new socket each time, which is then closed; in the end the last two are
 * done. */
static void check_long(const char *cells, const char *first, const char *last, const char *end)
{
	enum { EVENTS = 100000 };
	struct outcome outcomes[2];
	struct events events = {0};
	struct conduct c = {0};
	int64_t begin = clock_now();
	size_t at = 0, from = 0, found = 0;

	CHECK_NUMBER(parse_all(outcomes, 2, cells), 2);
	for (unsigned long i = 0; i < EVENTS; i++) {
		struct event e = {.kind = EVENT_RETURN, .role = ROLE_A, .row = 1, .task = 1};

		add_return(&e, i == EVENTS - 2 ? last : i == EVENTS - 1 ? end : i % 2 ? "X8" : first);
		e.u.ret.socket += i < EVENTS - 2 ? i / 2 : 0;
		events_add(&events, e);
		while (found < 2 && conduct_find(&c, &outcomes[found], ROLE_A, &events, from, 0, &at)) {
			from = at + 1;
			found++;
		}
	}
	CHECK_NUMBER(found, 2);
	CHECK_NUMBER(at, EVENTS - 1);
	CHECK(clock_now() - begin < 20 * CLOCK_S);
	conduct_free(&c);
	events_free(&events);
	outcome_free(&outcomes[0]);
	outcome_free(&outcomes[1]);
}

static void long_runs(void)
{
	check_long("reads \"*z\";closes", "R8:x", "R7:z", "X7");
	check_long("connects;sends \"*z\"", "C8!ECONNREFUSED", "C7", "S7:xyz");
	check_long("sends \"z\";EPIPE", "S8:x", "S7:z", "S7!EPIPE");
}

/*
 * What happened instead.
 */

static void check_seen(const char *cell, const char *words, const char *seen, const char *said)
{
	struct outcome outcome;
	struct str s = {0};
	int64_t now;
	struct events events = run(words, &now);

	if (parse_all(&outcome, 1, cell) != 1)
		return;
	outcome_seen(&s, &outcome, ROLE_A, &events);
	CHECK_TEXT(str_text(&s), seen);
	str_cut(&s, 0);
	outcome_seen_words(&s, &outcome, ROLE_A, &events);
	CHECK_TEXT(str_text(&s), said);
	str_free(&s);
	outcome_free(&outcome);
	events_free(&events);
}

static void seen(void)
{
	check_seen("connects", "1start", "", "it made no call");
	check_seen("connects", "1start 1end=1", "exited 1", "it exited with 1");
	check_seen("sends \"GET\\n\"", "1C5 1S5:G 1S5:E 1call", "sends \"GE\"",
		   "it sent only \"GE\"; it is still in recv(3, buf, 16, 0)");
	check_seen("sends \"GET\\n\"", "1S5:PUT_ 1end=0", "sends \"PUT\\n\"",
		   "it sent \"PUT\\n\"; it exited with 0");
	check_seen("survives", "1call 1S5!EPIPE 1SIGPIPE 1end!SIGPIPE", "Terminated",
		   "SIGPIPE ended it; its last call: recv(3, buf, 16, 0) = -1 EPIPE (Broken pipe)");
	check_seen("connects", "1call 1C5!ENOENT 1X5 1end=1", "exited 1",
		   "it exited with 1; recv(3, buf, 16, 0) = -1 ENOENT (No such file or directory)");
	check_seen("waits 200ms", "1start @1 1C5!ENOENT @3 1call 1C5!ENOENT @4 1end=1", "waits 2ms",
		   "it never waited longer than 2.0 ms; it exited with 1; its last call: "
		   "recv(3, buf, 16, 0) = -1 ENOENT (No such file or directory)");
	check_seen("reads", "1start 1call", "blocks", "it is still in recv(3, buf, 16, 0)");
	/* What event loops do in passing says little. */
	check_seen("EPIPE", "1call 1R5=0 1H5 1X5 1w5=0 1end=0", "exited 0",
		   "it exited with 0; recv(3, buf, 16, 0) = 0 (EOF)");
	check_seen("EPIPE", "1call 1C5!ECONNREFUSED 1X5 1w5=0 1call", "ECONNREFUSED",
		   "recv(3, buf, 16, 0) = -1 ECONNREFUSED (Connection refused); it is still in "
		   "recv(3, buf, 16, 0)");
	check_seen("reads \"x\"", "1call 1R5!EAGAIN 1w5=0 1call", "blocks",
		   "it is still in recv(3, buf, 16, 0)");
}

static const struct test tests[] = {
	{"patterns", patterns},
	{"a-star-at-the-end-takes-the-piece", a_star_at_the_end_takes_the_piece},
	{"connects", connects},
	{"sends", sends},
	{"what-is-elsewhere-counts-for-nothing", what_is_elsewhere_counts_for_nothing},
	{"what-is-left-serves-the-next", what_is_left_serves_the_next},
	{"reads", reads},
	{"closes", closes},
	{"survives", survives},
	{"ends", ends},
	{"waits", waits},
	{"by-calls-of-a-script", by_calls_of_a_script},
	{"long-runs", long_runs},
	{"seen", seen},
	{NULL, NULL},
};

const struct suite suite_conduct = {"conduct", NULL, NULL, tests};
