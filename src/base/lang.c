#include "base/lang.h"

#include "base/place.h"
#include "base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#ifndef SOCKTUTOR_LOCALE_DIR
#define SOCKTUTOR_LOCALE_DIR "/usr/local/share/locale"
#endif

#define DOMAIN "socktutor"

/* A language more is a row here and its po/CODE.po. */
static const struct {
	const char *code;
	const char *name;
	const char *locale; /* where it is spoken most */
} languages[] = {
	{LANG_SOURCE, "English", "C"},
	{"ko", "한국어", "ko_KR.UTF-8"},
};

enum { LANGUAGES = sizeof languages / sizeof *languages };

const char *lang_code_at(size_t i)
{
	return i < LANGUAGES ? languages[i].code : NULL;
}

const char *lang_name_at(size_t i)
{
	return i < LANGUAGES ? languages[i].name : NULL;
}

const char *lang_name(const char *code)
{
	size_t i = 0;

	while (i + 1 < LANGUAGES && strcmp(languages[i].code, code) != 0)
		i++;
	return languages[i].name;
}

/* "ko" of "ko_KR.UTF-8:en": the language's own letters come first. */
static const char *find_first(const char *name, size_t len)
{
	size_t n = strcspn(name, "_-.@:");

	if (n > len)
		n = len;
	for (size_t i = 0; i < LANGUAGES; i++)
		if (strlen(languages[i].code) == n && strncasecmp(languages[i].code, name, n) == 0)
			return languages[i].code;
	return NULL;
}

const char *lang_find(const char *name)
{
	return find_first(name, strlen(name));
}

/* What the environment says for CATEGORY; "C" when it says nothing. */
static const char *locale_name(const char *category)
{
	const char *names[] = {"LC_ALL", category, "LANG"}, *value;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if ((value = getenv(names[i])) && *value)
			return value;
	return "C";
}

static bool is_utf8(const char *codeset)
{
	return strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "utf8") == 0;
}

/* A name such as ko_KR.UTF-8@modifier, of a locale that may not be on this machine. */
static bool names_utf8(const char *locale)
{
	const char *dot = strchr(locale, '.');

	return dot && (strncasecmp(dot + 1, "UTF-8", 5) == 0 || strncasecmp(dot + 1, "utf8", 4) == 0);
}

bool lang_start(void)
{
	bool utf8;

	/* One category that is not on this machine, and LC_ALL as a whole fails. */
	if (setlocale(LC_ALL, "") || setlocale(LC_CTYPE, ""))
		utf8 = is_utf8(nl_langinfo(CODESET));
	else
		utf8 = names_utf8(locale_name("LC_CTYPE"));
	if (!is_utf8(nl_langinfo(CODESET)) && !setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "en_US.UTF-8");
	setlocale(LC_NUMERIC, "C");
	return utf8;
}

const char *lang_wanted(void)
{
	const char *locale = locale_name("LC_MESSAGES"), *list = getenv("LANGUAGE"), *found;

	if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
		return LANG_SOURCE;
	for (; list && *list; list += strspn(list, ":")) {
		size_t n = strcspn(list, ":");

		if ((found = find_first(list, n)))
			return found;
		list += n;
	}
	found = lang_find(locale);
	return found ? found : LANG_SOURCE;
}

/* Whether gettext has the catalogue of this language: the empty text is its head. */
static bool speaks(const char *code)
{
	static const char head[] = "";
	const char *line = strstr(gettext(head), "Language: ");
	size_t n = strlen(code);

	if (!line)
		return false;
	line += strlen("Language: ");
	return strncmp(line, code, n) == 0 && line[n] == '\n';
}

const char *lang_now(void)
{
	for (size_t i = 1; i < LANGUAGES; i++)
		if (speaks(languages[i].code))
			return languages[i].code;
	return LANG_SOURCE;
}

static void bind_domain(void)
{
	char *directory = place_built("SOCKTUTOR_LOCALE", "po", SOCKTUTOR_LOCALE_DIR);

	bindtextdomain(DOMAIN, directory);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	free(directory);
}

/*
 * gettext needs a locale that is not "C". musl takes any name. glibc takes those that are on
 * this machine, often neither Korean nor English but C.UTF-8 alone; then LANGUAGE has the say.
 */
static bool speak(const char *code, const char *own)
{
	const char *const carriers[] = {own, "", "C.UTF-8", "en_US.UTF-8"};

	setenv("LANGUAGE", code, 1);
	for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
		if (setlocale(LC_MESSAGES, carriers[i]) && speaks(code))
			return true;
	return false;
}

bool lang_set(const char *code)
{
	bind_domain();
	for (size_t i = 1; i < LANGUAGES; i++)
		if (strcmp(languages[i].code, code) == 0 && speak(code, languages[i].locale))
			return true;
	setlocale(LC_MESSAGES, "C");
	return strcmp(code, LANG_SOURCE) == 0;
}
