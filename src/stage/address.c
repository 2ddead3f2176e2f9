#include "stage/address.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PATH = 500 };

static struct sockaddr_in *v4(struct address *a)
{
	return (struct sockaddr_in *)(void *)&a->u;
}

static struct sockaddr_in6 *v6(struct address *a)
{
	return (struct sockaddr_in6 *)(void *)&a->u;
}

static bool parse_port(const char *text, uint16_t *port)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || n > UINT16_MAX)
		return false;
	*port = (uint16_t)n;
	return true;
}

/* HOST:PORT or [HOST]:PORT, cut in two in place. */
static char *split_port(char *text, uint16_t *port)
{
	char *colon = strrchr(text, ':');

	if (!colon || !parse_port(colon + 1, port))
		return NULL;
	*colon = '\0';
	if (text[0] == '[' && colon > text && colon[-1] == ']') {
		colon[-1] = '\0';
		return text + 1;
	}
	return text[0] == '[' ? NULL : text;
}

static bool parse_internet(struct address *a, const char *text, size_t len)
{
	char copy[80], *host;
	uint16_t port;

	if (len >= sizeof copy || memchr(text, '\0', len))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	host = split_port(copy, &port);
	if (!host)
		return false;
	if (text[0] != '[' && inet_pton(AF_INET, host, &v4(a)->sin_addr) == 1) {
		v4(a)->sin_family = AF_INET;
		v4(a)->sin_port = htons(port);
		a->len = sizeof(struct sockaddr_in);
		return true;
	}
	if (text[0] != '[' || inet_pton(AF_INET6, host, &v6(a)->sin6_addr) != 1)
		return false;
	v6(a)->sin6_family = AF_INET6;
	v6(a)->sin6_port = htons(port);
	a->len = sizeof(struct sockaddr_in6);
	return true;
}

bool address_parse(struct address *a, const char *text, size_t len)
{
	size_t start = offsetof(struct sockaddr_un, sun_path);

	memset(a, 0, sizeof *a);
	if (parse_internet(a, text, len))
		return true;
	if (len > LONGEST_PATH)
		return false;
	memset(a, 0, sizeof *a);
	a->u.sa.sa_family = AF_UNIX;
	memcpy(a->u.raw + start, text, len);
	a->len = (socklen_t)(start + len);
	if (len > 0 && text[0] == '@')
		a->u.raw[start] = '\0';
	else if (len < sizeof a->u.un.sun_path)
		a->len++;
	return true;
}

static void print_path(struct str *to, const struct address *a)
{
	size_t start = offsetof(struct sockaddr_un, sun_path);
	const char *path = a->u.raw + start;
	size_t n = a->len > start ? a->len - start : 0;

	if (n == 0)
		return;
	if (path[0] == '\0') {
		str_addc(to, '@');
		str_add_quoted(to, path + 1, n - 1, 0);
		return;
	}
	str_add_quoted(to, path, strnlen(path, n), 0);
}

void address_print(struct str *to, const struct address *a)
{
	char host[INET6_ADDRSTRLEN] = "";
	struct address copy = *a;

	switch (a->u.sa.sa_family) {
	case AF_INET:
		inet_ntop(AF_INET, &v4(&copy)->sin_addr, host, sizeof host);
		str_addf(to, "%s:%u", host, address_port(a));
		break;
	case AF_INET6:
		inet_ntop(AF_INET6, &v6(&copy)->sin6_addr, host, sizeof host);
		str_addf(to, "[%s]:%u", host, address_port(a));
		break;
	case AF_UNIX:
		print_path(to, a);
		break;
	default:
		str_addf(to, "family %d", a->u.sa.sa_family);
	}
}

uint16_t address_port(const struct address *a)
{
	struct address copy = *a;

	if (a->u.sa.sa_family == AF_INET)
		return ntohs(v4(&copy)->sin_port);
	return a->u.sa.sa_family == AF_INET6 ? ntohs(v6(&copy)->sin6_port) : 0;
}

bool path_allowed(const char *path, size_t n, struct str *why)
{
	if (n == 0)
		return true;
	if (path[0] == '/') {
		str_add(why, _("paths stay inside the stage's directory; write one without a "
			       "leading /"));
		return false;
	}
	for (size_t i = 0; i < n; i++)
		if (path[i] == '.' && i + 1 < n && path[i + 1] == '.' &&
		    (i == 0 || path[i - 1] == '/') && (i + 2 == n || path[i + 2] == '/')) {
			str_add(why,
				_("paths stay inside the stage's directory; `..` leads out of it"));
			return false;
		}
	return true;
}

bool address_is_loopback(const struct address *a)
{
	struct address copy = *a;

	if (a->u.sa.sa_family == AF_INET)
		return ntohl(v4(&copy)->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	return IN6_IS_ADDR_LOOPBACK(&v6(&copy)->sin6_addr);
}

bool address_allowed(const struct address *a, struct str *why)
{
	size_t start = offsetof(struct sockaddr_un, sun_path);

	switch (a->u.sa.sa_family) {
	case AF_UNSPEC:
		return true;
	case AF_INET:
	case AF_INET6:
		if (address_is_loopback(a))
			return true;
		str_add(why, _("addresses stay on the loopback: 127.0.0.1 or [::1]"));
		return false;
	case AF_UNIX:
		if (a->len <= start || a->u.raw[start] == '\0')
			return true;
		return path_allowed(a->u.raw + start, strnlen(a->u.raw + start, a->len - start),
				    why);
	default:
		str_addf(why, _("address family %d is not one of AF_UNIX, AF_INET, AF_INET6"),
			 a->u.sa.sa_family);
		return false;
	}
}
