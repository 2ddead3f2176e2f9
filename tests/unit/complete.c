/* lesson/complete: what could stand at the cursor. The cursor is the `^` of the text. */
#include "lesson/complete.h"

#include "lesson/action.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

static struct completions complete(const char *text)
{
	struct completions c = {0};
	struct scope scope = {0};
	const char *cursor = strchr(text, '^');
	char *plain = str_make("%.*s%s", (int)(cursor - text), text, cursor + 1);

	scope_add_cell(&scope, "listener = socket(AF_UNIX)");
	scope_add_cell(&scope, "sock = socket(AF_INET)");
	complete_cell(&c, plain, (size_t)(cursor - text), &scope);
	scope_free(&scope);
	free(plain);
	return c;
}

/* All that is offered, with spaces between. */
static void check(const char *text, const char *expected)
{
	struct completions c = complete(text);
	struct str s = {0};

	for (size_t i = 0; i < c.list.n; i++)
		str_addf(&s, "%s%s", i ? " " : "", c.list.at[i].text);
	if (!CHECK_TEXT(str_text(&s), expected))
		CHECK_TEXT(text, "the text above");
	str_free(&s);
	completions_free(&c);
}

/* Whether WORD is among what is offered. */
static bool offers(const char *text, const char *word)
{
	struct completions c = complete(text);
	bool found = false;

	for (size_t i = 0; i < c.list.n; i++)
		found = found || strcmp(c.list.at[i].text, word) == 0;
	completions_free(&c);
	return found;
}

static void words(void)
{
	check("shu^", "shutdown(");
	check("rec^", "recv( recvfrom( recvfd(");
	check("  get^", "getsockopt( getsockname( getpeername( getpid(");
	check("x = acc^", "accept( accept4(");
	check("EPI^", "EPIPE");
	check("got^", "GotRST GotRESET GotFIN");
	check("sock^ = accept()", "socket( socketpair(");
	check("= 5 f^", "");
	check("nothing^", "");
	CHECK(offers("^", "send("));
	CHECK(offers("^", "blocks"));
	CHECK(!offers("^", "EPIPE"));
	CHECK(!offers("x = ^", "blocks"));
}

static void check_part(const char *text, const char *expected)
{
	struct completions c = complete(text);
	char *part = mem_strndup(str_text(&c.signature) + c.part, c.part_len);

	CHECK_TEXT(part, expected);
	free(part);
	completions_free(&c);
}

/* Arguments that may be left out are counted all the same. */
static void left_out(void)
{
	check("recv(sock, 4, MSG_PE^", "MSG_PEEK");
	check("recv(sock, buf, 4, MSG_PE^", "MSG_PEEK");
	check("recvfrom(sock, 4, MSG_PE^", "MSG_PEEK");
	check("recv(sock, ^", "buf");
	check("recv(sock, b^", "buf");
	check_part("recv(sock, ^", "buf");
	check_part("recv(sock, 4^", "len");
	check_part("recv(sock, buf, 4^", "len");
	check_part("read(sock, 4^", "len");
	check_part("send(sock, \"4, 5\", 4^", "len");
	CHECK(offers("sendto(sock, \"hi\", \"^", "\"demo.sock\""));
	CHECK(offers("sendto(sock, \"hi\", ad^", "addr(sock)"));
	CHECK(!offers("send(sock, \"hi\", \"^", "\"demo.sock\""));
}

static void deeds(void)
{
	check("cu^", "cut wire");
	check("cut w^", "cut wire");
	check("  mend ^", "mend wire");
	check("mis^", "misses FIN misses RST misses data misses all misses nothing");
	check("misses ^", "misses FIN misses RST misses data misses all misses nothing");
	check("misses n^", "misses nothing");
	check("kill -S^", "kill -STOP");
	check("delay ^", "delay 200ms delay 0ms");
	check("fill^", "fill buffer");
	check("fill x^", "");
	check("fill = ^", "");
	CHECK(offers("^", "cut wire"));
	CHECK(!offers("x = ^", "cut wire"));
}

static void arguments(void)
{
	check("close(^", "sock listener");
	check("shutdown(sock, S^", "SHUT_RD SHUT_WR SHUT_RDWR");
	check("shutdown(sock, s^", "SHUT_RD SHUT_WR SHUT_RDWR sock");
	check("close(l^)", "listener");
	check("shutdown(sock, ^", "SHUT_RD SHUT_WR SHUT_RDWR");
	check("socket(AF_INET6, SOCK_D^GRAM)", "SOCK_DGRAM");
	check("send(sock, \"a, b(\", 5, msg_n^", "MSG_NOSIGNAL");
	check("recv(sock, buf, 16, MSG_PEEK|MSG_DONTW^", "MSG_DONTWAIT");
	check("accept4(listener, NULL, NULL, SOCK_N^", "SOCK_NONBLOCK");
	check("signal(SIGPIPE, ^", "SIG_IGN SIG_DFL handler");
	check("connect(sock, addr(l^", "");
	check("connect(sock, a^", "addr(sock) addr(listener)");
	check("connect(sock, \"127^", "\"127.0.0.1:0\"");
	check("poll({sock, POLLR^", "POLLRDHUP POLLRDNORM POLLRDBAND");
	check("getpid(^", "");
	check("close(sock)^", "");
}

static void check_signature(const char *text, const char *signature, const char *part)
{
	struct completions c = complete(text);
	char *at = mem_strndup(str_text(&c.signature) + c.part, c.part_len);

	CHECK_TEXT(str_text(&c.signature), signature);
	CHECK_TEXT(at, part);
	free(at);
	completions_free(&c);
}

static void signatures(void)
{
	check_signature("send(^", "send(sockfd, buf, len, flags)", "sockfd");
	check_signature("send(sock, \"(,\", ^", "send(sockfd, buf, len, flags)", "len");
	check_signature("setsockopt(s, SOL_SOCKET, SO_LINGER, {1, ^", "setsockopt(sockfd, level, "
			"optname, optval)", "optval");
	check_signature("getpid(^", "getpid()", "");
	check_signature("close(a, b^", "close(sockfd)", "");
	check_signature("frobnicate(^", "", "");
	check_signature("close()^", "", "");
}

static void common(void)
{
	struct completions c = complete("rec^");
	char *s = completions_common(&c);

	CHECK_TEXT(s, "recv");
	CHECK_NUMBER(c.from, 0);
	free(s);
	completions_free(&c);
	c = complete("close(zz^");
	CHECK(!completions_common(&c));
	completions_free(&c);
}

static const struct test tests[] = {
	{"words", words},
	{"left_out", left_out},
	{"deeds", deeds},
	{"arguments", arguments},
	{"signatures", signatures},
	{"common", common},
	{NULL, NULL},
};

const struct suite suite_complete = {"complete", NULL, NULL, tests};
