/*
 * family.c - which constants are meant for which parameter.
 */
#include "lesson/parse.h"

#include <ctype.h>
#include <string.h>

enum { PREFIXES = 5 };

/* By the name of the parameter, as the synopsis has it. */
static const struct family {
	const char *param;
	const char *prefixes[PREFIXES + 1];
} families[] = {
	{"sockfd", {"STD", NULL}},
	{"fd", {"STD", NULL}},
	{"len", {NULL}},
	{"timeout", {NULL}},
	{"domain", {"AF_", "PF_", NULL}},
	{"type", {"SOCK_", NULL}},
	{"protocol", {"IPPROTO_", NULL}},
	{"backlog", {"SOMAXCONN", NULL}},
	{"how", {"SHUT_", NULL}},
	{"flags", {"MSG_", "SOCK_", NULL}},
	{"level", {"SOL_", "IPPROTO_", NULL}},
	{"optname", {"SO_", "TCP_", "IP_", "IPV6_", "UDP_", NULL}},
	{"cmd", {"F_", NULL}},
	{"arg", {"O_", "FD_", "SIG", NULL}},
	{"mode", {"S_", NULL}},
	{"signum", {"SIG", NULL}},
	{"status", {"EXIT_", NULL}},
};

/* The level of an option, by the beginning of its name. */
static const struct {
	const char *prefix;
	const char *level;
} levels[] = {
	{"SO_", "SOL_SOCKET"},
	{"TCP_", "IPPROTO_TCP"},
	{"UDP_", "IPPROTO_UDP"},
	{"IP_", "IPPROTO_IP"},
	{"IPV6_", "IPPROTO_IPV6"},
};

static bool begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_of(const struct family *family, const char *constant)
{
	for (size_t i = 0; family->prefixes[i]; i++)
		if (begins(constant, family->prefixes[i]))
			return true;
	return false;
}

static const struct family *family_of(const struct param *param)
{
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strcmp(families[i].param, param->name) == 0)
			return &families[i];
	return NULL;
}

bool family_is_constant(const struct arg *arg)
{
	return arg->kind == ARG_NUMBER && arg->text && isalpha((unsigned char)*arg->text);
}

bool family_fits(const struct param *param, const struct arg *arg)
{
	const struct family *family = family_of(param);
	const char *p = arg->text;

	if (!family || arg->kind != ARG_NUMBER)
		return true;
	for (; p; p = strchr(p, '|')) {
		p += strspn(p, "| ");
		if (isalpha((unsigned char)*p) && !is_of(family, p))
			return false;
	}
	return true;
}

const char *family_level(const struct arg *arg)
{
	for (size_t i = 0; arg->text && i < sizeof levels / sizeof *levels; i++)
		if (begins(arg->text, levels[i].prefix))
			return levels[i].level;
	return NULL;
}
