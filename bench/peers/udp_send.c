/*
 * Sends the corpus over UDP to loopback at a rate, round after round, with the packet count (TZSP tag 40) running on.
 * sendmmsg takes 64 datagrams a call. With "gso" the messages are put in order of length and up to 64 of one length go down the stack as one
 * (UDP_SEGMENT), which is the only way to outrun a receiver on loopback: there the sender pays for the stack.
 *
 *   udp_send CORPUS PORT RATE SECONDS [gso]        RATE 0: as fast as it goes
 */
#define _GNU_SOURCE
#include "corpus.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#define BATCH 64
#define GSO_BYTES 60000

static int by_length(const void *a, const void *b)
{
    const struct message *x = a, *y = b;
    return x->length != y->length ? (x->length > y->length) - (x->length < y->length) : (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

static void stamp(struct message *m, uint32_t number)
{
    if (m->count_at) {
        uint32_t be = htonl(number);
        memcpy(m->bytes + m->count_at, &be, 4);
    }
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "udp_send CORPUS PORT RATE SECONDS [gso]\n");
        return 2;
    }
    struct corpus c = corpus_read(argv[1]);
    double rate = atof(argv[3]), seconds = atof(argv[4]);
    int gso = argc > 5 && strcmp(argv[5], "gso") == 0;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    int buffer = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        perror("connect");
        return 2;
    }
    if (gso)
        qsort(c.messages, c.count, sizeof *c.messages, by_length);

    static struct mmsghdr headers[BATCH];
    static struct iovec vectors[BATCH];
    static uint8_t control[CMSG_SPACE(sizeof(uint16_t))] __attribute__((aligned(8)));
    uint64_t start = clock_ns(CLOCK_MONOTONIC), now = start, end = start + (uint64_t)(seconds * 1e9), sent = 0, refused = 0;
    uint32_t next = 0;
    while (now < end) {
        /* Due by now: a whole batch at least, so that the call pays; behind, more of them in a row. */
        if (rate > 0 && (double)sent > (double)(now - start) * rate / 1e9) {
            now = clock_ns(CLOCK_MONOTONIC);
            continue;
        }
        int n = 0;
        uint32_t length = c.messages[next].length;
        uint32_t first = next;
        while (n < BATCH) {
            struct message *m = &c.messages[next];
            if (gso && n > 0 && (m->length != length || (uint32_t)(n + 1) * length > GSO_BYTES || next < first))
                break;
            stamp(m, (uint32_t)(sent + (uint64_t)n));
            vectors[n].iov_base = m->bytes;
            vectors[n].iov_len = m->length;
            headers[n].msg_hdr.msg_iov = vectors + n;
            headers[n].msg_hdr.msg_iovlen = 1;
            n++;
            next = next + 1 == c.count ? 0 : next + 1;
        }
        int done;
        if (gso) {
            struct msghdr h = { .msg_iov = vectors, .msg_iovlen = (size_t)n };
            if (n > 1) {
                h.msg_control = control;
                h.msg_controllen = sizeof control;
                struct cmsghdr *cm = CMSG_FIRSTHDR(&h);
                cm->cmsg_level = IPPROTO_UDP;
                cm->cmsg_type = UDP_SEGMENT;
                cm->cmsg_len = CMSG_LEN(sizeof(uint16_t));
                uint16_t segment = (uint16_t)length;
                memcpy(CMSG_DATA(cm), &segment, sizeof segment);
            }
            done = sendmsg(fd, &h, 0) >= 0 ? n : -1;
        } else {
            done = sendmmsg(fd, headers, (unsigned)n, 0);
        }
        if (done < n) {
            if (done < 0 && errno != ENOBUFS && errno != EAGAIN && errno != ECONNREFUSED) {
                perror("send");
                return 2;
            }
            /* What was not taken is sent again: the next message is the first one left. */
            uint32_t left = (uint32_t)(n - (done < 0 ? 0 : done));
            next = (next + c.count - left) % c.count;
            refused += left;
        }
        sent += (uint64_t)(done < 0 ? 0 : done);
        now = clock_ns(CLOCK_MONOTONIC);
    }
    printf("sent=%llu\nrefused=%llu\nelapsed_ns=%llu\ncpu_ns=%llu\n", (unsigned long long)sent, (unsigned long long)refused,
        (unsigned long long)(now - start), (unsigned long long)clock_ns(CLOCK_PROCESS_CPUTIME_ID));
    return 0;
}
