#include "stage/miss.h"

#include "lesson/demo.h"

#include <sys/types.h> /* what the next names without including it */
#include <pcap/bpf.h>
#include <string.h>
#include <sys/socket.h>

enum { PASS = 0xffff, FLAGS_AT = 13, OFFSET_AT = 12 };

/* One step of a program; the jumps of a test are filled in at the end. */
static void add(struct sock_filter *program, unsigned *n, int code, uint32_t k)
{
	program[(*n)++] = (struct sock_filter){(uint16_t)code, 0, 0, k};
}

static void add_flag_test(struct sock_filter *program, unsigned *n, uint32_t flag)
{
	add(program, n, BPF_LD | BPF_B | BPF_ABS, FLAGS_AT);
	add(program, n, BPF_JMP | BPF_JSET | BPF_K, flag);
}

/* A := length of the segment less that of its header. */
static void add_data_test(struct sock_filter *program, unsigned *n)
{
	add(program, n, BPF_LD | BPF_B | BPF_ABS, OFFSET_AT);
	add(program, n, BPF_ALU | BPF_RSH | BPF_K, 4);
	add(program, n, BPF_ALU | BPF_LSH | BPF_K, 2);
	add(program, n, BPF_MISC | BPF_TAX, 0);
	add(program, n, BPF_LD | BPF_W | BPF_LEN, 0);
	add(program, n, BPF_ALU | BPF_SUB | BPF_X, 0);
	add(program, n, BPF_JMP | BPF_JGT | BPF_K, 0);
}

/* Every test that is true jumps to the last step, which drops. */
static void set_jumps(struct sock_filter *program, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (BPF_CLASS(program[i].code) == BPF_JMP)
			program[i].jt = (uint8_t)(n - 2 - i);
}

unsigned miss_program(unsigned misses, enum protocol protocol,
		      struct sock_filter program[MISS_PROGRAM])
{
	bool udp = protocol == PROTOCOL_UDP;
	unsigned n = 0;

	if (udp)
		misses = misses & (MISS_DATA | MISS_ALL) ? MISS_ALL : 0;
	if (!misses)
		return 0;
	if (misses & MISS_ALL) {
		add(program, &n, BPF_RET | BPF_K, 0);
		return n;
	}
	if (misses & MISS_FIN)
		add_flag_test(program, &n, SEGMENT_FIN);
	if (misses & MISS_RST)
		add_flag_test(program, &n, SEGMENT_RST);
	if (misses & MISS_DATA)
		add_data_test(program, &n);
	add(program, &n, BPF_RET | BPF_K, PASS);
	add(program, &n, BPF_RET | BPF_K, 0);
	set_jumps(program, n);
	return n;
}

int miss_apply(int fd, unsigned misses, enum protocol protocol)
{
	struct sock_filter steps[MISS_PROGRAM];
	struct sock_fprog program = {.filter = steps};
	int nothing = 0;

	program.len = (unsigned short)miss_program(misses, protocol, steps);
	if (program.len == 0) {
		setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &nothing, sizeof nothing);
		return 0;
	}
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

unsigned miss_asked(int fd, enum protocol protocol)
{
	struct sock_filter there[MISS_PROGRAM], steps[MISS_PROGRAM];
	socklen_t n = MISS_PROGRAM; /* steps, not bytes */
	unsigned misses = MISS_ALL; /* and from there on down through all that is less */

	if (getsockopt(fd, SOL_SOCKET, SO_GET_FILTER, there, &n) < 0 || n == 0)
		return 0;
	while (misses > 0 && (miss_program(misses, protocol, steps) != n ||
			      memcmp(there, steps, n * sizeof *steps) != 0))
		misses--;
	return misses;
}

bool miss_eats(unsigned misses, enum protocol protocol, const unsigned char *p, size_t captured,
	       size_t len)
{
	struct sock_filter steps[MISS_PROGRAM];
	struct bpf_insn same[MISS_PROGRAM];
	unsigned n = miss_program(misses, protocol, steps);

	if (n == 0 || protocol == PROTOCOL_ICMP)
		return false;
	for (unsigned i = 0; i < n; i++)
		same[i] = (struct bpf_insn){steps[i].code, steps[i].jt, steps[i].jf, steps[i].k};
	return bpf_filter(same, p, (unsigned)len, (unsigned)captured) == 0;
}
