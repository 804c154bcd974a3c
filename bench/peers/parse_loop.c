/*
 * The least a program has to do to call TZSP decoded: tags, 802.11 header and addresses, a walk over the elements with name and channel, and
 * the suites of RSN and WPA. No tables, no FCS, no rates, no WPS; every length is checked. What KismetPS.Bench compares its decoder with.
 *
 *   parse_loop CORPUS SECONDS
 */
#include "corpus.h"

struct facts {
    uint64_t receiver, transmitter, bssid, tsf;
    int32_t signal, noise;
    uint32_t packet_count, original_length, rate;
    uint16_t sequence, capability, interval;
    uint8_t subtype, flags, channel, ssid_length, rx_channel;
    const uint8_t *ssid;
    uint32_t pairwise, group, akm;
};

static inline uint16_t be16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline uint32_t be32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static inline uint64_t mac(const uint8_t *p) { return (uint64_t)be16(p) << 32 | be32(p + 2); }

static inline uint32_t number(const uint8_t *p, int length)
{
    return length == 1 ? p[0] : length == 2 ? be16(p) : length == 4 ? be32(p) : 0;
}

static inline uint32_t bit(uint32_t selector, uint32_t oui)
{
    uint32_t type = selector - oui;
    return type < 31 ? 1u << type : 1u << 31;
}

/* Group cipher, pairwise ciphers, key management: the same in RSN and WPA behind their version. */
static void suites(const uint8_t *p, int length, uint32_t oui, struct facts *f)
{
    if (length < 6 || le16(p) != 1)
        return;
    f->group |= bit(be32(p + 2), oui);
    p += 6;
    length -= 6;
    for (int list = 0; list < 2; list++) {
        if (length < 2)
            return;
        int n = le16(p);
        p += 2;
        length -= 2;
        if (length < n * 4)
            return;
        for (int i = 0; i < n; i++) {
            if (list == 0)
                f->pairwise |= bit(be32(p + 4 * i), oui);
            else
                f->akm |= bit(be32(p + 4 * i), oui);
        }
        p += n * 4;
        length -= n * 4;
    }
}

static void elements(const uint8_t *p, int length, struct facts *f)
{
    int ht_channel = 0;
    while (length >= 2) {
        int n = p[1];
        if (n > length - 2)
            return;
        const uint8_t *v = p + 2;
        switch (p[0]) {
        case 0:
            if (!f->ssid && n <= 32) {
                f->ssid = v;
                f->ssid_length = (uint8_t)n;
            }
            break;
        case 3:
            if (n == 1 && !ht_channel)
                f->channel = v[0];
            break;
        case 48:
            suites(v, n, 0x000FAC00, f);
            break;
        case 61:
            if (n >= 1)
                f->channel = v[0], ht_channel = 1;
            break;
        case 221:
            if (n >= 4 && be32(v) == 0x0050F201)
                suites(v + 4, n - 4, 0x0050F200, f);
            break;
        }
        p += 2 + n;
        length -= 2 + n;
    }
}

static int frame(const uint8_t *p, int length, struct facts *f)
{
    if (length < 10 || (p[0] & 3))
        return 0;
    int type = p[0] >> 2 & 3;
    f->subtype = p[0] >> 4;
    f->flags = p[1];
    f->receiver = mac(p + 4);
    if (type == 1) {
        if (length >= 16 && f->subtype != 12 && f->subtype != 13)
            f->transmitter = mac(p + 10);
        return 1;
    }
    if (length < 24 || type == 3)
        return 0;
    f->transmitter = mac(p + 10);
    f->sequence = le16(p + 22) >> 4;
    if (type == 2) {
        switch (f->flags & 3) {
        case 0: f->bssid = mac(p + 16); break;
        case 1: f->bssid = f->receiver; break;
        case 2: f->bssid = f->transmitter; break;
        }
        return 1;
    }
    f->bssid = mac(p + 16);
    int at = f->flags & 0x80 ? 28 : 24;
    if (f->flags & 0x40)
        return 1;
    switch (f->subtype) {
    case 5: case 8:
        if (length < at + 12)
            return 1;
        memcpy(&f->tsf, p + at, 8);
        f->interval = le16(p + at + 8);
        f->capability = le16(p + at + 10);
        at += 12;
        break;
    case 0: at += 4; break;
    case 2: at += 10; break;
    case 1: case 3: at += 6; break;
    case 4: break;
    default: return 1;
    }
    if (at < length)
        elements(p + at, length - at, f);
    return 1;
}

static int message(const uint8_t *p, int length, struct facts *f)
{
    memset(f, 0, sizeof *f);
    if (length < 4 || p[0] != 1 || p[1] > 5)
        return 0;
    int at = 4;
    while (at < length) {
        int tag = p[at];
        if (tag == 0) {
            at++;
            continue;
        }
        if (tag == 1)
            return be16(p + 2) == 0x12 ? frame(p + at + 1, length - at - 1, f) : 0;
        if (at + 1 >= length)
            return 0;
        int n = p[at + 1];
        if (n > length - at - 2)
            return 0;
        const uint8_t *v = p + at + 2;
        switch (tag) {
        case 10: f->signal = n == 1 ? (int8_t)v[0] : n == 2 ? (int16_t)be16(v) : (int32_t)number(v, n); break;
        case 11: f->noise = n == 1 ? (int8_t)v[0] : (int32_t)number(v, n); break;
        case 12: f->rate = number(v, n); break;
        case 18: f->rx_channel = (uint8_t)number(v, n); break;
        case 40: f->packet_count = number(v, n); break;
        case 41: f->original_length = number(v, n); break;
        }
        at += 2 + n;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "parse_loop CORPUS SECONDS\n");
        return 2;
    }
    struct corpus c = corpus_read(argv[1]);
    uint64_t budget = (uint64_t)(atof(argv[2]) * 1e9);
    struct facts f;
    uint64_t frames = 0, good = 0, sum = 0, start = 0, used = 0;
    /* The first rounds warm the caches and are not counted. */
    for (int round = 0; used < budget; round++) {
        if (round == 20)
            start = clock_ns(CLOCK_THREAD_CPUTIME_ID), frames = good = 0;
        for (uint32_t i = 0; i < c.count; i++) {
            good += (uint64_t)message(c.messages[i].bytes, c.messages[i].length, &f);
            sum += f.transmitter ^ f.akm ^ f.pairwise ^ f.channel ^ f.ssid_length ^ (uint64_t)f.signal;
        }
        frames += c.count;
        used = start ? clock_ns(CLOCK_THREAD_CPUTIME_ID) - start : 0;
    }
    printf("frames=%llu\ncpu_ns=%llu\ngood=%llu\nsum=%llu\n", (unsigned long long)frames, (unsigned long long)used, (unsigned long long)good, (unsigned long long)sum);
    return 0;
}
