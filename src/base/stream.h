/*
 * stream.h - standard input, output and error are there, and what was printed has arrived.
 */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

/*
 * The first thing that a program does. A standard stream that is closed would lend its number to
 * whatever is opened next, and what is printed would go there. From now on it reads as empty;
 * what is printed on a closed standard output is an error, and on standard error is lost.
 */
void stream_open_all(void);

/*
 * The last thing: write what standard output still holds. Returns 0 when all that was printed has
 * arrived, else why not: errno's number, or -1 when that was earlier and is not known any more.
 */
int stream_finish(void);

#endif
