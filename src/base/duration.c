#include "base/duration.h"

#include "base/clock.h"

#include <inttypes.h>
#include <string.h>

static const struct {
	const char *name;
	int64_t ns;
} units[] = {
	{"m", 60 * CLOCK_S}, {"s", CLOCK_S}, {"ms", CLOCK_MS},
};

enum { N_UNITS = sizeof units / sizeof *units, DIGITS_MOST = 7 };

bool duration_parse(const char *text, size_t len, int64_t *ns)
{
	int64_t value = 0;
	size_t n = 0;

	while (n < len && text[n] >= '0' && text[n] <= '9' && n < DIGITS_MOST)
		value = value * 10 + (text[n++] - '0');
	if (n == 0)
		return false;
	for (size_t i = 0; i < N_UNITS; i++)
		if (strlen(units[i].name) == len - n &&
		    memcmp(units[i].name, text + n, len - n) == 0) {
			*ns = value * units[i].ns;
			return true;
		}
	return false;
}

void duration_print(struct str *to, int64_t ns)
{
	size_t i = 0;

	while (i < N_UNITS - 1 && (ns == 0 || ns % units[i].ns != 0))
		i++;
	str_addf(to, "%" PRId64 "%s", ns / units[i].ns, units[i].name);
}
