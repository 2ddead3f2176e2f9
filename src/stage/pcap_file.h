/*
 * pcap_file.h - what was captured, as a file for Wireshark, tshark or tcpdump.
 *
 * The file is the tutor's, opened by it; the stage, which has the packets, appends. Times are of
 * the clock on the wall, in nanoseconds. Nothing is left half written but by a full disk: each
 * packet is one call.
 *
 * Source: pcap-savefile(5).
 */
#ifndef STAGE_PCAP_FILE_H
#define STAGE_PCAP_FILE_H

#include <stddef.h>
#include <stdint.h>

/* Bytes kept of a packet: all of one that crosses the loopback, whose largest has 64 KiB and
 * its headers. What tcpdump keeps. */
enum { PCAP_FILE_SNAP = 262144 };

struct pcap_file {
	int fd;        /* -1: there is none */
	int err;       /* errno of the first write that failed, or 0: nothing more is written */
};

/* The head, before the first packet. LINK_TYPE: pcap_datalink(). */
void pcap_file_begin(struct pcap_file *file, int link_type);

/* A packet that was LEN bytes long, CAPTURED of them at P, seen NS nanoseconds after 1970. */
void pcap_file_add(struct pcap_file *file, int64_t ns, const unsigned char *p, size_t captured,
		   size_t len);

#endif
