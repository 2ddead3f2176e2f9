/*
 * tell.h - what happens on the stage, said in lines.
 */
#ifndef PLAIN_TELL_H
#define PLAIN_TELL_H

#include "view/player.h"

struct teller {
	const struct demo *demo;     /* borrowed, as the player */
	const struct player *player;
	size_t told;                 /* events up to here were told */
	size_t calls;                /* of a program, in this run */
};

/* So many calls of a program are told one by one, the others are counted. */
enum { TELL_CALLS = 60 };

/* Tell what has happened since. The calls of the set-up are not told. */
void tell_news(struct teller *t);

#endif
