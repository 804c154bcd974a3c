/*
 * Receives UDP on loopback with recvmmsg, 64 datagrams a call, and does nothing with them: what receiving costs at least.
 * Prints "port=N" and "buffer=N", then for each line on standard input its counters; ends with the end of the input.
 *
 *   recv_loop BUFFER_BYTES
 */
#define _GNU_SOURCE
#include "corpus.h"
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

#define BATCH 64
#define SLOT (65536 + 320)

static int fd;
static volatile uint64_t received, bytes;

static void *loop(void *unused)
{
    static struct mmsghdr headers[BATCH];
    static struct iovec vectors[BATCH];
    static struct sockaddr_storage names[BATCH];
    uint8_t *slots = aligned_alloc(64, (size_t)BATCH * SLOT);
    for (int i = 0; i < BATCH; i++) {
        vectors[i].iov_base = slots + (size_t)i * SLOT;
        vectors[i].iov_len = 65535;
        headers[i].msg_hdr.msg_iov = vectors + i;
        headers[i].msg_hdr.msg_iovlen = 1;
        headers[i].msg_hdr.msg_name = names + i;
    }
    int drained = 0;
    for (;;) {
        if (drained) {
            struct pollfd p = { .fd = fd, .events = POLLIN };
            poll(&p, 1, 100);
        }
        for (int i = 0; i < BATCH; i++)
            headers[i].msg_hdr.msg_namelen = sizeof names[i];
        int n = recvmmsg(fd, headers, BATCH, MSG_DONTWAIT, NULL);
        drained = n < BATCH;
        uint64_t sum = 0;
        for (int i = 0; i < n; i++)
            sum += headers[i].msg_len;
        if (n > 0) {
            received += (uint64_t)n;
            bytes += sum;
        }
    }
    return unused;
}

int main(int argc, char **argv)
{
    int wanted = argc > 1 ? atoi(argv[1]) : 4 << 20, got = 0;
    socklen_t length = sizeof got;
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, sizeof wanted) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
    getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &got, &length);
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    length = sizeof local;
    if (bind(fd, (struct sockaddr *)&local, sizeof local) != 0 || getsockname(fd, (struct sockaddr *)&local, &length) != 0) {
        perror("bind");
        return 2;
    }
    printf("port=%d\nbuffer=%d\nready\n", ntohs(local.sin_port), got / 2);
    fflush(stdout);
    pthread_t thread;
    pthread_create(&thread, NULL, loop, NULL);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        uint32_t info[16] = { 0 };
        length = sizeof info;
        getsockopt(fd, SOL_SOCKET, 55 /* SO_MEMINFO */, info, &length);
        printf("received=%llu\nkernel_dropped=%u\ncpu_ns=%llu\nready\n", (unsigned long long)received, info[8], (unsigned long long)clock_ns(CLOCK_PROCESS_CPUTIME_ID));
        fflush(stdout);
    }
    return 0;
}
