using System.Buffers.Text;

namespace KismetPS.Export.Messages;

/// <summary>A message being written: bytes that grow, and the few ways numbers and times are spelt.</summary>
internal sealed class Utf8Text
{
    private const int NumberLength = 32;

    private byte[] _bytes = new byte[2048];

    /// <summary>Bytes written; set it lower to take some back.</summary>
    public int Length { get; set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What is written, to be changed.</summary>
    public Span<byte> Edit => _bytes.AsSpan(0, Length);

    /// <summary>Room for at least so many more bytes; what is used of it is added to <see cref="Length"/>.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Puts bytes in front of what stands there.</summary>
    public void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        int rest = Length - at;
        Room(bytes.Length);
        Length += bytes.Length;
        _bytes.AsSpan(at, rest).CopyTo(_bytes.AsSpan(at + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(at));
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(NumberLength), out int length);
        Length += length;
    }

    /// <summary>The shortest text that reads back to the same number; the number must be finite.</summary>
    public void Number(double value)
    {
        value.TryFormat(Room(NumberLength), out int length, "R", System.Globalization.CultureInfo.InvariantCulture);
        Length += length;
    }

    /// <summary><c>2024-01-21T12:34:56.789</c>, UTC; with Z where <paramref name="zone"/>.</summary>
    public void Time(DateTimeOffset time, bool zone)
    {
        DateTime utc = time.UtcDateTime;
        Span<byte> room = Room(NumberLength);
        utc.Deconstruct(out DateOnly date, out TimeOnly clock);
        date.Deconstruct(out int year, out int month, out int day);
        Digits(room, year, 4);
        room[4] = (byte)'-';
        Digits(room[5..], month, 2);
        room[7] = (byte)'-';
        Digits(room[8..], day, 2);
        room[10] = (byte)'T';
        Digits(room[11..], clock.Hour, 2);
        room[13] = (byte)':';
        Digits(room[14..], clock.Minute, 2);
        room[16] = (byte)':';
        Digits(room[17..], clock.Second, 2);
        room[19] = (byte)'.';
        Digits(room[20..], clock.Millisecond, 3);
        Length += 23;
        if (zone)
        {
            Byte((byte)'Z');
        }
    }

    /// <summary>Seconds since 1970 with three decimals.</summary>
    public void Epoch(DateTimeOffset time)
    {
        long milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds());
        Number(milliseconds / 1000);
        Span<byte> room = Room(4);
        room[0] = (byte)'.';
        Digits(room[1..], (int)(milliseconds % 1000), 3);
        Length += 4;
    }

    private static void Digits(Span<byte> to, int value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            to[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
