using System.Globalization;
using System.Runtime.CompilerServices;

namespace KismetPS.Wireless;

/// <summary>A 48-bit IEEE 802 MAC address in an 8-byte value; text form <c>AA:BB:CC:DD:EE:FF</c> (upper case, invariant).</summary>
/// <remarks>The first byte on the air is the most significant of <see cref="Value"/>, so numeric order is text order.</remarks>
public readonly struct MacAddress : IEquatable<MacAddress>, IComparable<MacAddress>, IComparable, ISpanFormattable, ISpanParsable<MacAddress>
{
    /// <summary>Length of an address in bytes.</summary>
    public const int Size = 6;

    private const int TextLength = 17;
    private const ulong Mask = 0xFFFF_FFFF_FFFF;

    private readonly ulong _value;

    /// <summary>Makes an address from its 48-bit number; higher bits are cut.</summary>
    public MacAddress(ulong value) => _value = value & Mask;

    /// <summary>FF:FF:FF:FF:FF:FF, the broadcast address and wildcard BSSID.</summary>
    public static MacAddress Broadcast => new(Mask);

    /// <summary>The address as a 48-bit number, first byte on the air most significant.</summary>
    public ulong Value => _value;

    /// <summary>00:00:00:00:00:00, which no station may use.</summary>
    public bool IsZero => _value == 0;

    /// <summary>All ones.</summary>
    public bool IsBroadcast => _value == Mask;

    /// <summary>Group (multicast or broadcast) bit: IEEE 802-2014 clause 8.2.2. A group address is never a device.</summary>
    public bool IsGroup => (_value & 0x0100_0000_0000) != 0;

    /// <summary>Locally administered bit: not from the IEEE registry, on a client usually a randomised address.</summary>
    public bool IsLocal => (_value & 0x0200_0000_0000) != 0;

    /// <summary>The first three bytes (OUI), 0 to 0xFFFFFF.</summary>
    public uint Oui => (uint)(_value >> 24);

    /// <summary>Reads the first six bytes. The caller has checked the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MacAddress Read(ReadOnlySpan<byte> source)
    {
        uint high = System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(source);
        uint low = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(source[2..]);
        return new MacAddress(((ulong)high << 32) | low);
    }

    /// <summary>Writes the six bytes in air order. The caller has checked the length.</summary>
    public void Write(Span<byte> destination)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(_value >> 32));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(destination[2..], (uint)_value);
    }

    /// <summary>Reads colon, hyphen, dot (Cisco) or unseparated text, either case; throws <see cref="FormatException"/> on anything else.</summary>
    public static MacAddress Parse(string s) => Parse(s.AsSpan(), null);

    /// <inheritdoc/>
    public static MacAddress Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static MacAddress Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out MacAddress result)
            ? result
            : throw new FormatException("A MAC address has six bytes in hexadecimal, such as 00:0C:42:1F:65:E9.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out MacAddress result) => TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MacAddress result)
    {
        result = default;
        s = s.Trim();
        // 12 digits bare, 14 with dots (0123.4567.89ab), 17 with colons or hyphens.
        int group = s.Length switch { 12 => 12, 14 => 4, TextLength => 2, _ => 0 };
        if (group == 0)
        {
            return false;
        }

        char separator = group switch { 4 => '.', 2 => s[2], _ => '\0' };
        if (group == 2 && separator is not (':' or '-'))
        {
            return false;
        }

        ulong value = 0;
        for (int i = 0; i < s.Length; i++)
        {
            char c = s[i];
            if (i % (group + 1) == group)
            {
                if (c != separator)
                {
                    return false;
                }

                continue;
            }

            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }

            value = (value << 4) | (uint)(char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        result = new MacAddress(value);
        return true;
    }

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        if (destination.Length < TextLength)
        {
            return false;
        }

        // One check for all, and backwards, the last digit first.
        Span<char> text = destination[..TextLength];
        ulong rest = _value;
        text[16] = Digit(rest);
        text[15] = Digit(rest >> 4);
        text[14] = ':';
        text[13] = Digit(rest >> 8);
        text[12] = Digit(rest >> 12);
        text[11] = ':';
        text[10] = Digit(rest >> 16);
        text[9] = Digit(rest >> 20);
        text[8] = ':';
        text[7] = Digit(rest >> 24);
        text[6] = Digit(rest >> 28);
        text[5] = ':';
        text[4] = Digit(rest >> 32);
        text[3] = Digit(rest >> 36);
        text[2] = ':';
        text[1] = Digit(rest >> 40);
        text[0] = Digit(rest >> 44);
        charsWritten = TextLength;
        return true;
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>The address as <c>AA:BB:CC:DD:EE:FF</c>.</summary>
    public override string ToString() => string.Create(TextLength, this, static (span, mac) => mac.TryFormat(span, out _, default, CultureInfo.InvariantCulture));

    // Upper case without a table: behind the nine come seven other characters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static char Digit(ulong value)
    {
        uint digit = (uint)value & 15;
        return (char)('0' + digit + (((9 - digit) >> 31) * 7));
    }

    /// <inheritdoc/>
    public bool Equals(MacAddress other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is MacAddress other ? CompareTo(other) : 1;

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(MacAddress left, MacAddress right) => left._value == right._value;

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(MacAddress left, MacAddress right) => left._value != right._value;

    /// <summary>Numeric (and text) order.</summary>
    public static bool operator <(MacAddress left, MacAddress right) => left._value < right._value;

    /// <summary>Numeric (and text) order.</summary>
    public static bool operator >(MacAddress left, MacAddress right) => left._value > right._value;

    /// <summary>Numeric (and text) order.</summary>
    public static bool operator <=(MacAddress left, MacAddress right) => left._value <= right._value;

    /// <summary>Numeric (and text) order.</summary>
    public static bool operator >=(MacAddress left, MacAddress right) => left._value >= right._value;
}
