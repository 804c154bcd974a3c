/* The corpus as KismetPS.Bench writes it: u32 count, then per message u16 length, u16 place of the packet count's four bytes (0: none), bytes. */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct message {
    uint8_t *bytes;
    uint16_t length;
    uint16_t count_at;
};

struct corpus {
    uint32_t count;
    struct message *messages;
};

static inline uint16_t le16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }

static inline struct corpus corpus_read(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(2);
    }
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    uint8_t *all = malloc((size_t)size);
    if (!all || fread(all, 1, (size_t)size, f) != (size_t)size || size < 4) {
        fprintf(stderr, "%s: cannot read\n", path);
        exit(2);
    }
    fclose(f);
    struct corpus c;
    memcpy(&c.count, all, 4);
    c.messages = calloc(c.count, sizeof *c.messages);
    long at = 4;
    for (uint32_t i = 0; i < c.count; i++) {
        if (at + 4 > size || at + 4 + le16(all + at) > size) {
            fprintf(stderr, "%s: cut short\n", path);
            exit(2);
        }
        c.messages[i].length = le16(all + at);
        c.messages[i].count_at = le16(all + at + 2);
        c.messages[i].bytes = all + at + 4;
        at += 4 + c.messages[i].length;
    }
    return c;
}

static inline uint64_t clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

#endif
