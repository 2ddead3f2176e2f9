/* lesson/: cells that say what was seen. */
#include "lesson/action.h"

#include "suites.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static bool parse(struct cell *cell, const char *text)
{
	struct errs errs = {0};
	int status = cell_parse(cell, text, "x.md", 1, &errs);

	if (errs.list.n)
		CHECK_TEXT(errs.list.at[0].text, text);
	errs_free(&errs);
	CHECK_NUMBER(cell->kind, CELL_OUTCOME);
	return status == 0 && cell->kind == CELL_OUTCOME;
}

/* TEXT is an outcome of KIND, printed as PRINTED, which means the same. */
static void check(const char *text, enum outcome_kind kind, const char *printed)
{
	struct cell cell = {0}, again = {0};
	struct str s = {0};

	if (parse(&cell, text)) {
		CHECK_NUMBER(cell.outcome.kind, kind);
		outcome_print(&s, &cell.outcome);
		CHECK_TEXT(str_text(&s), printed);
		if (parse(&again, str_text(&s)))
			CHECK(outcome_same(&cell.outcome, &again.outcome));
	}
	str_free(&s);
	cell_free(&cell);
	cell_free(&again);
}

static void check_wrong(const char *text, const char *says)
{
	struct cell cell = {0};
	struct errs errs = {0};

	CHECK_NUMBER(cell_parse(&cell, text, "x.md", 1, &errs), -1);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
	CHECK_NUMBER(errs.list.n, 1);
	if (errs.list.n && !strstr(errs.list.at[0].text, says))
		CHECK_TEXT(errs.list.at[0].text, says);
	errs_free(&errs);
	cell_free(&cell);
}

static void results(void)
{
	check("= 5", OUTCOME_RETURNS, "= 5");
	check("=5", OUTCOME_RETURNS, "= 5");
	check("= 0x10", OUTCOME_RETURNS, "= 16");
	check("= 0", OUTCOME_RETURNS, "= 0");
	check("= -1", OUTCOME_RETURNS, "= -1");
	check("= \"hello\"", OUTCOME_BYTES, "= \"hello\"");
	check("= \"a\\0\\n\"", OUTCOME_BYTES, "= \"a\\0\\n\"");
	check("= \"\"", OUTCOME_BYTES, "= \"\"");
	check("EOF", OUTCOME_EOF, "EOF");
	check("eof", OUTCOME_EOF, "EOF");
	check("= EOF", OUTCOME_EOF, "EOF");
	check("= 0 (EOF)", OUTCOME_EOF, "EOF");
	check("blocks", OUTCOME_BLOCKS, "blocks");
	check("Blocks", OUTCOME_BLOCKS, "blocks");
}

static void errors(void)
{
	check("EPIPE", OUTCOME_FAILS, "EPIPE");
	check("= EPIPE", OUTCOME_FAILS, "EPIPE");
	check("= -1 EPIPE", OUTCOME_FAILS, "EPIPE");
	check("= -1 EPIPE (Broken pipe)", OUTCOME_FAILS, "EPIPE");
	check("EPIPE (Broken pipe)", OUTCOME_FAILS, "EPIPE");
	check("EPIPE + SIGPIPE", OUTCOME_FAILS, "EPIPE + SIGPIPE");
	check("EPIPE+SIGPIPE", OUTCOME_FAILS, "EPIPE + SIGPIPE");
	check("= -1 EPIPE (Broken pipe) + SIGPIPE", OUTCOME_FAILS, "EPIPE + SIGPIPE");
	check("EWOULDBLOCK", OUTCOME_FAILS, "EAGAIN");
	check_wrong("ECONNREST", "did you mean 'ECONNRESET'?");
	check_wrong("= -1 ECONREFUSED", "did you mean 'ECONNREFUSED'?");
	check_wrong("EPIPE + SIGPIP", "did you mean 'SIGPIPE'?");
	check_wrong("EPIPE + EOF", "no signal 'EOF'");
	check_wrong("EPIPE +", "after + a signal");
	check_wrong("EPIPE EPIPE", "nothing more after the outcome");
	check_wrong("EPIPE (Broken", "no closing parenthesis");
}

static void ends_and_signals(void)
{
	check("SIGPIPE", OUTCOME_SIGNAL, "SIGPIPE");
	check("Terminated", OUTCOME_TERMINATED, "Terminated");
	check("Terminated (SIGPIPE)", OUTCOME_TERMINATED, "Terminated");
	check("Killed", OUTCOME_TERMINATED, "Terminated");
	check("exited 0", OUTCOME_EXITED, "exited 0");
	check("exited 255", OUTCOME_EXITED, "exited 255");
	check_wrong("exited", "exited 0");
	check_wrong("exited 256", "0 to 255");
	check_wrong("exited -1", "0 to 255");
	check_wrong("SIGPIP", "did you mean 'SIGPIPE'?");
	check_wrong("Terminatd", "did you mean 'Terminated'?");
	check_wrong("Terminated + SIGPIPE", "+ joins a result and a signal");
	check_wrong("blocks + SIGPIPE", "+ joins a result and a signal");
}

static void segments(void)
{
	check("RESET", OUTCOME_SENT, "RESET");
	check("RST", OUTCOME_SENT, "RESET");
	check("reset", OUTCOME_SENT, "RESET");
	check("FIN", OUTCOME_SENT, "FIN");
	check("GotRST", OUTCOME_GOT, "GotRST");
	check("GotRESET", OUTCOME_GOT, "GotRST");
	check("GotFIN", OUTCOME_GOT, "GotFIN");
	check_wrong("GotSYN", "did you mean");
}

static void conduct(void)
{
	check("listens", OUTCOME_LISTENS, "listens");
	check("Connects", OUTCOME_CONNECTS, "connects");
	check("accepts", OUTCOME_ACCEPTS, "accepts");
	check("sends", OUTCOME_SENDS, "sends");
	check("sends  \"GET\\n\"", OUTCOME_SENDS, "sends \"GET\\n\"");
	check("reads \"OK*\\n\"", OUTCOME_READS, "reads \"OK*\\n\"");
	check("reads \"*\"", OUTCOME_READS, "reads \"*\"");
	check("reads \"2\\*3\\052\\x2a\\\\*\"", OUTCOME_READS,
	      "reads \"2\\*3\\*\\*\\\\*\"");
	check("sends \"a\\0001*\\0\"", OUTCOME_SENDS, "sends \"a\\0001*\\0\"");
	check("closes", OUTCOME_CLOSES, "closes");
	check("survives", OUTCOME_SURVIVES, "survives");
	check("waits 200ms", OUTCOME_WAITS, "waits 200ms");
	check("waits 2000ms", OUTCOME_WAITS, "waits 2s");
	check("waits 10m (long)", OUTCOME_WAITS, "waits 10m");
	check_wrong("waits", "waits needs a time");
	check_wrong("waits 0ms", "waits needs a time");
	check_wrong("waits 11m", "at most 10m");
	check_wrong("waits 2", "waits 200ms");
	check_wrong("sends \"\"", "without a string");
	check_wrong("sends \"GET", "no end");
	check_wrong("sends \"a\\q\"", "no escape \\q");
	check_wrong("sends GET", "nothing more after the outcome");
	check_wrong("survives 2s", "nothing more after the outcome");
	check_wrong("connects + SIGPIPE", "+ joins a result and a signal");
	check_wrong("survies", "did you mean 'survives'?");
}

static void no_names(void)
{
	struct cell cell = {0};
	struct errs errs = {0};

	CHECK_NUMBER(cell_parse(&cell, "reads = recv()", "x.md", 1, &errs), 0);
	CHECK_NUMBER(cell.kind, CELL_ACTION);
	CHECK_NUMBER(errs.list.n, 0);
	cell_free(&cell);
}

static void details(void)
{
	check("= 1 POLLIN", OUTCOME_RETURNS, "= 1 POLLIN");
	check("= 1 POLLHUP | POLLIN", OUTCOME_RETURNS, "= 1 POLLIN|POLLHUP");
	check("= 2 POLLIN,POLLOUT|POLLHUP", OUTCOME_RETURNS, "= 2 POLLIN, POLLOUT|POLLHUP");
	check("= 1 POLLIN, 0", OUTCOME_RETURNS, "= 1 POLLIN, 0");
	check("= 2050 O_NONBLOCK|O_RDWR", OUTCOME_RETURNS, "= 2050 O_RDWR|O_NONBLOCK");
	check("= 0 \"127.0.0.1:7000\"", OUTCOME_RETURNS, "= 0 \"127.0.0.1:7000\"");
	check("= \"127.0.0.1:7000\"", OUTCOME_BYTES, "= \"127.0.0.1:7000\"");
	check("= \"hi\" \"a.sock\"", OUTCOME_BYTES, "= \"hi\" \"a.sock\"");
	check("= 0 ECONNREFUSED", OUTCOME_RETURNS, "= 0 ECONNREFUSED");
	check("= 0 0", OUTCOME_RETURNS, "= 0 0");
	check("= {3, 4}", OUTCOME_RETURNS, "= 0 {3, 4}");
	check("= 0 {1,0}", OUTCOME_RETURNS, "= 0 {1, 0}");
	check("= 0 SIG_DFL", OUTCOME_RETURNS, "= 0 SIG_DFL");
	check("= SIG_DFL", OUTCOME_RETURNS, "= 0 SIG_DFL");
	check("= 5 + SIGURG", OUTCOME_RETURNS, "= 5 + SIGURG");
	check("= 0 (EOF) + SIGPIPE", OUTCOME_EOF, "EOF + SIGPIPE");
	check_wrong("= 1 POLLIM", "did you mean 'POLLIN'?");
	check_wrong("= 1 POLLIN|", "after |");
	check_wrong("=", "after = a result must follow");
	check_wrong("= \"x", "no end");
}

static void values_are_kept(void)
{
	struct cell cell = {0};

	if (parse(&cell, "EPIPE + SIGPIPE")) {
		CHECK_NUMBER(cell.outcome.err, EPIPE);
		CHECK_NUMBER(cell.outcome.sig, SIGPIPE);
		CHECK_NUMBER(cell.outcome.number, 0);
	}
	if (parse(&cell, "= \"a\\0b\"")) {
		CHECK_NUMBER(cell.outcome.len, 3);
		CHECK(memcmp(cell.outcome.bytes, "a\0b", 4) == 0);
	}
	if (parse(&cell, "GotRST"))
		CHECK_NUMBER(cell.outcome.flag, SEGMENT_RST);
	cell_free(&cell);
}

static void empty_cells(void)
{
	struct cell cell = {0};
	struct errs errs = {0};

	CHECK_NUMBER(cell_parse(&cell, "", "x.md", 1, &errs), 0);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
	CHECK_NUMBER(cell_parse(&cell, "  ", "x.md", 1, &errs), 0);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
	CHECK_NUMBER(cell_parse(&cell, "close()", "x.md", 1, &errs), 0);
	CHECK_NUMBER(cell_parse(&cell, "", "x.md", 1, &errs), 0);
	CHECK_NUMBER(cell.kind, CELL_EMPTY);
	CHECK(cell.action == NULL);
	CHECK_NUMBER(errs.list.n, 0);
	cell_free(&cell);
}

static void unknown_words(void)
{
	check_wrong("bogus words here", "neither an action");
	check_wrong("5", "did you mean '= 5'?");
	check_wrong("-1 EPIPE", "did you mean '= -1 EPIPE'?");
	check_wrong("\"hello\"", "did you mean '= \"hello\"'?");
	check_wrong("5 apples", "neither an action, such as");
	check_wrong("Connection reset by peer", "did you mean 'ECONNRESET'?");
	check_wrong("broken pipe", "did you mean 'EPIPE'?");
	check_wrong("hangs", "did you mean 'blocks'?");
	check_wrong("sleep 1", "did you mean 'wait 1s'?");
	check_wrong("EPIPE, SIGPIPE", "joined by +");
	check_wrong("EPIPE and SIGPIPE", "joined by +");
	check_wrong("EPIPE SIGPIPE", "joined by +");
	check_wrong("= hello", "a result is no name");
	check_wrong("= 0 addr(listener)", "a result is no name");
	check_wrong("= “hello”", "two straight \"");
	check("= 5", OUTCOME_RETURNS, "= 5");
	check("= 0 handler", OUTCOME_RETURNS, "= 0 handler");
	check_wrong("()", "expected a function");
	check_wrong("??", "neither an action");
	check_wrong("hello = 5", "expected a function before '5'");
}

static const struct test tests[] = {
	{"results", results},
	{"errors", errors},
	{"ends-and-signals", ends_and_signals},
	{"segments", segments},
	{"conduct", conduct},
	{"no-names", no_names},
	{"details", details},
	{"values-are-kept", values_are_kept},
	{"empty-cells", empty_cells},
	{"unknown-words", unknown_words},
	{NULL, NULL},
};

const struct suite suite_cell = {"cell", NULL, NULL, tests};
