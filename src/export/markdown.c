#include "export/export.h"

static void finish(struct str *to, const struct run *run)
{
	struct seen seen;

	seen_collect(&seen, run);
	demo_print(to, run->demo, seen.rows);
	str_addc(to, '\n');
	seen_free(&seen);
}

const struct exporter export_markdown = {
	.name = "md",
	.summary = "the table it came from, with what was seen; it can be run again",
	.finish = finish,
};
