#include "stage/pcap_file.h"

#include "base/clock.h"

#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

struct head {
	uint32_t magic;         /* times in nanoseconds; the byte order is the writer's */
	uint16_t major, minor;
	uint32_t zone, accuracy; /* always 0 */
	uint32_t snap;
	uint32_t link_type;
};

struct packet_head {
	uint32_t seconds;
	uint32_t nanoseconds;
	uint32_t captured;
	uint32_t len;
};

/* All of both, however often it takes: a pipe may take less than it is given. */
static void write_all(struct pcap_file *file, struct iovec *io, int n)
{
	while (n > 0 && !file->err) {
		ssize_t done = writev(file->fd, io, n);

		if (done < 0 && errno != EINTR)
			file->err = errno;
		for (; n > 0 && done >= (ssize_t)io->iov_len; io++, n--)
			done -= (ssize_t)io->iov_len;
		if (n > 0 && done > 0) {
			io->iov_base = (char *)io->iov_base + done;
			io->iov_len -= (size_t)done;
		}
	}
}

void pcap_file_begin(struct pcap_file *file, int link_type)
{
	struct head head = {0xa1b23c4d, 2, 4, 0, 0, PCAP_FILE_SNAP, (uint32_t)link_type};
	struct iovec io = {&head, sizeof head};

	if (file->fd >= 0)
		write_all(file, &io, 1);
}

void pcap_file_add(struct pcap_file *file, int64_t ns, const unsigned char *p, size_t captured,
		   size_t len)
{
	struct packet_head head = {(uint32_t)(ns / CLOCK_S), (uint32_t)(ns % CLOCK_S),
				   (uint32_t)captured, (uint32_t)len};
	struct iovec io[2] = {{&head, sizeof head}, {(void *)(uintptr_t)p, captured}};

	if (file->fd >= 0)
		write_all(file, io, 2);
}
