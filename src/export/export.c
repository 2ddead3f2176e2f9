#include "export/export.h"

static const struct exporter *const exporters[] = {&export_markdown, &export_json};

const struct exporter *exporter_at(size_t i)
{
	return i < sizeof exporters / sizeof *exporters ? exporters[i] : NULL;
}

const struct exporter *exporter_find(const char *name)
{
	const struct exporter *e = NULL;

	for (size_t i = 0; (e = exporter_at(i)) && !str_same(e->name, name); i++)
		;
	return e;
}
