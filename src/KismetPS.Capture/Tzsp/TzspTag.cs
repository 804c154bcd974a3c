namespace KismetPS.Capture.Tzsp;

/// <summary>One tag of a TZSP message, as shown to users.</summary>
public sealed class TzspTag
{
    private readonly byte[] _raw;

    /// <summary>Makes a tag.</summary>
    /// <param name="number">Tag number, 2 to 255 (0 and 1 are padding and end).</param>
    /// <param name="name">Its name in the protocol, or <c>Unknown</c>.</param>
    /// <param name="value">Decoded value (number, string) or null where only bytes are known.</param>
    /// <param name="raw">The bytes, at most 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">Number or length that the protocol has no room for.</exception>
    public TzspTag(int number, string name, object? value, byte[] raw)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, byte.MaxValue);
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(raw.Length, byte.MaxValue);
        Number = number;
        Name = name;
        Value = value;
        _raw = raw;
    }

    /// <summary>Tag number.</summary>
    public int Number { get; }

    /// <summary>Name in the protocol.</summary>
    public string Name { get; }

    /// <summary>Decoded value, null where only bytes are known.</summary>
    public object? Value { get; }

    /// <summary>The bytes in hexadecimal.</summary>
    public string Raw => Convert.ToHexString(_raw);

    /// <summary>The bytes without a copy.</summary>
    internal ReadOnlySpan<byte> Bytes => _raw;

    /// <summary>A copy of the bytes.</summary>
    public byte[] GetBytes() => (byte[])_raw.Clone();

    /// <summary><c>Name=Value</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}={Value ?? Raw}");
}
