using System.Buffers.Binary;
using System.Numerics;

namespace KismetPS.Wireless.Radio;

/// <summary>
/// Finds out whether an origin (a TZSP sensor, a capture interface) leaves the four-byte FCS at the end of its frames where no header says so.
/// A frame whose last four bytes are the CRC-32 of the rest carries one: by chance that happens once in 2^32 frames.
/// One per origin, used by that origin's thread only.
/// </summary>
/// <remarks>
/// <para>
/// Undecided, every frame is judged by itself: right CRC is present, wrong is absent. So nothing is lost before a decision, and none is needed
/// for good frames; the decision only tells damaged frames from frames without FCS, and saves the work where there is none.
/// </para>
/// <para>
/// Present is decided by 8 matches that are at least half of the last 64 frames. From then on a wrong CRC is a damaged frame. It is withdrawn
/// when fewer than 8 of the last 64 match: the origin changed its habit, or somebody sent frames made to match (a body that ends in its own
/// CRC) past a sensor that strips the FCS. To hold that lie they must make up an eighth of all traffic, and what they gain is that frames of
/// others are counted as damaged, no wrong device.
/// </para>
/// <para>
/// Absent is decided by 32 frames of which none matches. From then on one frame in 64 is looked at; a match makes it undecided again, which
/// costs time only.
/// </para>
/// </remarks>
internal sealed class FcsDetector
{
    /// <summary>ACK and CTS, the shortest frames (10 bytes), and the FCS.</summary>
    private const int ShortestWithFcs = 14;
    private const int MatchesForPresent = 8;
    private const int MatchesToStayPresent = 8;
    private const int MissesForAbsent = 32;
    private const int LookEvery = 64;
    private const int HistoryLength = 64;

    private ulong _history;
    private int _judged;
    private int _unseen;

    /// <summary>What was decided: present, absent, or unknown while it is open.</summary>
    public FcsState Habit { get; private set; }

    /// <summary>Whether the last four bytes are the FCS of the rest.</summary>
    public static bool EndsInFcs(ReadOnlySpan<byte> frame) =>
        frame.Length >= ShortestWithFcs && Crc32.Compute(frame[..^4]) == BinaryPrimitives.ReadUInt32LittleEndian(frame[^4..]);

    /// <summary>Checks an FCS that a header says is present: wrong gives <see cref="FcsState.PresentBad"/>. All else is given back as told.</summary>
    public static FcsState Verify(ReadOnlySpan<byte> frame, FcsState told) =>
        told == FcsState.Present && !EndsInFcs(frame) ? FcsState.PresentBad : told;

    /// <summary>Decides the FCS state of one frame that came without a word on it, and learns from it.</summary>
    public FcsState Resolve(ReadOnlySpan<byte> frame)
    {
        if (Habit == FcsState.Absent && ++_unseen < LookEvery)
        {
            return FcsState.Absent;
        }

        _unseen = 0;
        if (frame.Length < ShortestWithFcs)
        {
            // Too short to tell; where frames end in an FCS it is a cut one.
            return Habit == FcsState.Present ? FcsState.PresentBad : FcsState.Absent;
        }

        bool match = EndsInFcs(frame);
        if (Habit == FcsState.Absent)
        {
            if (!match)
            {
                return FcsState.Absent;
            }

            Forget();
        }

        _history = (_history << 1) | (match ? 1UL : 0);
        _judged = Math.Min(_judged + 1, HistoryLength);
        int matches = BitOperations.PopCount(_history);
        if (Habit == FcsState.Present)
        {
            if (_judged < HistoryLength || matches >= MatchesToStayPresent)
            {
                return match ? FcsState.Present : FcsState.PresentBad;
            }

            Forget();
        }
        else if (matches >= MatchesForPresent && matches * 2 >= _judged)
        {
            Habit = FcsState.Present;
        }
        else if (matches == 0 && _judged >= MissesForAbsent)
        {
            Habit = FcsState.Absent;
        }

        return match ? FcsState.Present : FcsState.Absent;
    }

    private void Forget()
    {
        Habit = FcsState.Unknown;
        _history = 0;
        _judged = 0;
    }
}
