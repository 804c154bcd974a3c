using System.Runtime.InteropServices;

namespace KismetPS.Capture;

/// <summary>
/// Counters of one origin. Written by the source's thread, read by any: 64-bit reads are whole, and being one batch behind is fine. They keep
/// away from what lies beside them: the thread that tracks reads its origin at every frame, and what is written in the same line of its cache
/// would have to be fetched from the source's processor each time.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Apart + 72 + Apart)]
internal struct OriginCounters
{
    // Two lines of 64 bytes: processors fetch them in pairs, and some have lines of 128.
    private const int Apart = 128;

    /// <summary>Messages or packets received.</summary>
    [FieldOffset(Apart)]
    public long Received;

    /// <summary>Bytes received.</summary>
    [FieldOffset(Apart + 8)]
    public long Bytes;

    /// <summary>Messages that could not be read.</summary>
    [FieldOffset(Apart + 16)]
    public long Malformed;

    /// <summary>Messages the packet count (TZSP tag 40) says were lost on the way.</summary>
    [FieldOffset(Apart + 24)]
    public long Lost;

    /// <summary>Messages that came after a later one.</summary>
    [FieldOffset(Apart + 32)]
    public long Reordered;

    /// <summary>Messages with the same count as the one before.</summary>
    [FieldOffset(Apart + 40)]
    public long Duplicates;

    /// <summary>Times the packet count began anew.</summary>
    [FieldOffset(Apart + 48)]
    public long Restarts;

    /// <summary>Time of the first message, Unix nanoseconds, 0 if none.</summary>
    [FieldOffset(Apart + 56)]
    public long FirstSeenNs;

    /// <summary>Time of the last message, Unix nanoseconds, 0 if none.</summary>
    [FieldOffset(Apart + 64)]
    public long LastSeenNs;
}
