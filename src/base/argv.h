/*
 * argv.h - a command line and its words, quoted as sh has it.
 */
#ifndef BASE_ARGV_H
#define BASE_ARGV_H

/* The words of LINE, NULL ends them. What has nothing in it that only a shell can do (a variable, a
 * pipe, a pattern) is taken apart here, so that the program is no child of a shell's; else they are
 * `sh`, `-c` and LINE. NULL: there is no word. The caller frees them with argv_free(). */
char **argv_read(const char *line);

/* A line that argv_read() takes apart into WORDS. The caller frees it. */
char *argv_write(const char *const *words);

/* NULL is nothing. */
void argv_free(char **words);

#endif
