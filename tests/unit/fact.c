/* course/fact: how long this kernel tries, checked against what it does. */
#include "course/fact.h"

#include "base/clock.h"
#include "suites.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Documentation/networking/ip-sysctl.rst gives 131 s, and 127 s for kernels before 6.5; the
 * others were measured on Linux 6.18.
 */
static void connect_times(void)
{
	static const struct {
		int retries, linear, seconds;
	} known[] = {
		{6, 4, 131}, {6, 0, 127}, {5, 0, 63}, {3, 4, 19}, {4, 10, 41}, {2, 0, 7},
		{2, 4, 7},   {2, 1, 8},   {1, 0, 3},  {1, 4, 3},  {0, 0, 1},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		CHECK_NUMBER(fact_connect_seconds(known[i].retries, known[i].linear) * 1000,
			     known[i].seconds * 1000);
}

/* The longest wait is 120 s, so beyond six doublings each retry adds that. */
static void connect_times_at_limits(void)
{
	CHECK_NUMBER(fact_connect_seconds(7, 0), 127 + 120);
	CHECK_NUMBER(fact_connect_seconds(127, 0), 127 + 121 * 120);
	CHECK_NUMBER(fact_connect_seconds(-5, -5), 1);
	CHECK(fact_connect_seconds(1 << 30, 1 << 30) > 0);
}

/* 924.6 s and "at least 100 seconds: 8" stand in ip-sysctl.rst. */
static void retransmit_times(void)
{
	CHECK_NUMBER(fact_retransmit_seconds(15) * 10 + 0.5, 9246);
	CHECK_NUMBER(fact_retransmit_seconds(8) * 10 + 0.5, 1022);
	CHECK_NUMBER(fact_retransmit_seconds(9) * 10 + 0.5, 2046);
	CHECK_NUMBER(fact_retransmit_seconds(3) * 10 + 0.5, 30);
	CHECK_NUMBER(fact_retransmit_seconds(0) * 10 + 0.5, 2);
	CHECK(fact_retransmit_seconds(-1) > 0 && fact_retransmit_seconds(1 << 30) > 924);
}

static int setting(const char *path)
{
	FILE *f = fopen(path, "r");
	int value = 0;

	if (f && fscanf(f, "%d", &value) != 1)
		value = 0;
	if (f)
		fclose(f);
	return value;
}

static int connect_to(const struct sockaddr_in *address, int retries)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(s, IPPROTO_TCP, TCP_SYNCNT, &retries, sizeof retries);
	errno = 0;
	connect(s, (const struct sockaddr *)address, sizeof *address);
	return s;
}

/* A listener whose queue is full does not answer: the shortest wait, for real. */
static void kernel_agrees(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0), first, second;
	double expected = fact_connect_seconds(
		1, setting("/proc/sys/net/ipv4/tcp_syn_linear_timeouts"));
	int64_t began, took;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	CHECK(bind(listener, (struct sockaddr *)&address, sizeof address) == 0);
	CHECK(getsockname(listener, (struct sockaddr *)&address, &len) == 0);
	CHECK(listen(listener, 0) == 0);
	first = connect_to(&address, 1);
	CHECK_NUMBER(errno, 0);
	began = clock_now();
	second = connect_to(&address, 1);
	took = clock_now() - began;
	CHECK_NUMBER(errno, ETIMEDOUT);
	/* Not before; and not as late as with one more wait. A jiffy may be 10 ms. */
	CHECK(took >= (int64_t)(expected * 1000 - 20) * CLOCK_MS);
	CHECK(took < (int64_t)(expected * 2000) * CLOCK_MS);
	close(first);
	close(second);
	close(listener);
}

static void texts(void)
{
	struct str s = {0};
	size_t n = 0;

	for (const char *name; (name = fact_at(n)); n++) {
		str_cut(&s, 0);
		CHECK(fact_print(&s, name));
		CHECK(s.len > 40 && strchr(s.p, '\n') == NULL);
	}
	CHECK(n >= 2);
	str_cut(&s, 0);
	CHECK(!fact_print(&s, "the-moon"));
	CHECK_NUMBER(s.len, 0);
	str_free(&s);
}

/* The text holds the figure that the settings of this machine come to. */
static void text_is_of_this_machine(void)
{
	struct str s = {0};
	char *expected = str_make("net.ipv4.tcp_syn_retries is %d",
				  setting("/proc/sys/net/ipv4/tcp_syn_retries"));

	fact_print(&s, "connect-timeout");
	if (access("/proc/sys/net/ipv4/tcp_syn_retries", R_OK) == 0)
		CHECK(strstr(str_text(&s), expected) != NULL);
	else
		CHECK(strstr(str_text(&s), "cannot be read") != NULL);
	free(expected);
	str_free(&s);
}

static const struct test tests[] = {
	{"connect-times", connect_times},
	{"connect-times-at-limits", connect_times_at_limits},
	{"retransmit-times", retransmit_times},
	{"kernel-agrees", kernel_agrees},
	{"texts", texts},
	{"text-is-of-this-machine", text_is_of_this_machine},
	{NULL, NULL},
};

const struct suite suite_fact = {"fact", NULL, NULL, tests};
