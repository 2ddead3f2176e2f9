/*
 * card.h - what an errno, signal, call, flag or socket state means: one card each.
 *
 * One plain-text data file, data/cards.txt; its head says how it is written. The lessons that
 * show a thing are not in it: they are found in the lessons' tables.
 */
#ifndef COURSE_CARD_H
#define COURSE_CARD_H

#include "lesson/lesson.h"

struct card {
	char *name;     /* ECONNRESET, SIGPIPE, recv, MSG_NOSIGNAL, CLOSE_WAIT; owned, as all here */
	char *kind;     /* errno, signal, call, flag, state, word */
	VEC(char *) also; /* other names: EWOULDBLOCK; GotRST */
	char *means;    /* one or two sentences */
	char *when;     /* when sockets give it */
	char *todo;     /* what to do about it; or NULL */
	char *man;      /* `recv(2), tcp(7)` */
	int line;
};

struct cards {
	VEC(struct card) list;
};

/* Read the data file: cards.txt in $SOCKTUTOR_DATA, else in the source tree when the program runs
 * from its build directory, else as installed; and over it the one of the language with the code
 * LANG (NULL, "": none), which may be missing: ko/cards.txt. 0; -1: ERRS says why. */
int cards_open(struct cards *cards, const char *lang, struct errs *errs);

/* Lay TEXT, the file FILE in another language, over CARDS: of a card that it has, each part that
 * it gives replaces that part; what it does not have stays as it is. Its other names find the card
 * besides the old ones. A card that CARDS does not have is a mistake, and so is another kind. */
void cards_translate(struct cards *cards, const char *file, const char *text, size_t len,
		     struct errs *errs);

/* Parse TEXT as the file FILE; what is wrong goes to ERRS. */
void cards_parse(struct cards *cards, const char *file, const char *text, size_t len,
		 struct errs *errs);

/* The card called NAME (`recv()` is `recv`), whatever its case, when none has that very case;
 * `EWOULDBLOCK` finds EAGAIN's. NULL when there is none. */
const struct card *cards_find(const struct cards *cards, const char *name);

/* The nearest name to one that is not there, or NULL. Borrowed. */
const char *cards_nearest(const struct cards *cards, const char *name);

/* The Ith kind of card, in the order in which they are listed, or NULL after the last; TITLE (may
 * be NULL) gets a heading for it: "Errors". */
const char *card_kind_at(size_t i, const char **title);

/* The demos that show it: `lesson#demo` texts, at most MOST, in SHELF's order; each is owned by
 * the caller. Where there are more, as many lessons as possible are named. Returns how many. */
size_t cards_shown_in(const struct card *card, const struct shelf *shelf, char **to, size_t most);

void cards_free(struct cards *cards);

#endif
