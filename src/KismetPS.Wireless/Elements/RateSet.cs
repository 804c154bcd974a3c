using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// Supported and extended rates of one frame, IEEE Std 802.11-2020 9.4.2.3: units of 500 kbit/s, 0x80 basic. Taken sixteen at a time: nearly every frame with
/// elements has twelve. Empty by default.
/// </summary>
internal struct RateSet
{
    private const int Lanes = 16;

    // From 121 on they are BSS membership selectors (table 9-93), no rates.
    private const sbyte FirstSelector = 121;

    // The highest and the OFDM ones in each lane.
    private Vector128<byte> _highest;
    private Vector128<byte> _ofdm;

    /// <summary>Whether an OFDM rate (6 to 54 Mbit/s) is among them.</summary>
    public readonly bool HasOfdm => _ofdm != Vector128<byte>.Zero;

    /// <summary>The highest, 0 where there is none.</summary>
    public readonly byte Highest
    {
        get
        {
            Vector128<byte> most = Vector128.Max(_highest, Vector128.Shuffle(_highest.AsUInt64(), Vector128.Create(1UL, 1UL)).AsByte());
            most = Vector128.Max(most, Vector128.ShiftRightLogical(most.AsUInt64(), 32).AsByte());
            most = Vector128.Max(most, Vector128.ShiftRightLogical(most.AsUInt64(), 16).AsByte());
            return Vector128.Max(most, Vector128.ShiftRightLogical(most.AsUInt64(), 8).AsByte()).ToScalar();
        }
    }

    /// <summary>Adds those of an element of some length, which <paramref name="frame"/> begins with; it goes on to the end of the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> frame, int length)
    {
        for (; length > 0; length -= Lanes)
        {
            if (frame.Length >= Lanes)
            {
                Add(Vector128.Create(frame), length);
                frame = frame[Lanes..];
            }
            else
            {
                AddLast(frame, length);
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector128<byte> bytes, int length)
    {
        Vector128<byte> rates = bytes & Vector128.Create((byte)0x7F);
        Vector128<sbyte> place = Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        rates &= Vector128.LessThan(place, Vector128.Create((sbyte)Math.Min(length, Lanes))).AsByte();
        rates &= Vector128.LessThan(rates.AsSByte(), Vector128.Create(FirstSelector)).AsByte();
        _highest = Vector128.Max(_highest, rates);
        _ofdm |= Are(rates, 12) | Are(rates, 18) | Are(rates, 24) | Are(rates, 36) | Are(rates, 48) | Are(rates, 72) | Are(rates, 96) | Are(rates, 108);
    }

    // Apart: a stack buffer makes a method slow that does not come to using it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddLast(ReadOnlySpan<byte> bytes, int length)
    {
        Span<byte> lanes = stackalloc byte[Lanes];
        lanes.Clear();
        bytes.CopyTo(lanes);
        Add(Vector128.Create((ReadOnlySpan<byte>)lanes), length);
    }

    private static Vector128<byte> Are(Vector128<byte> rates, byte rate) => Vector128.Equals(rates, Vector128.Create(rate));
}
