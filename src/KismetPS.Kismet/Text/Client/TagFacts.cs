using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// What a KismetPS server says in tags since Kismet's protocol has no field for it (DeviceLines.Tags): protection newer than WPA2, generation, width.
/// Tags that others gave are not taken: their words are not these.
/// </summary>
internal sealed class TagFacts
{
    private const int MaxText = 128;

    /// <summary>Protection, null if not told.</summary>
    public SecurityFacts? Security { get; private set; }

    /// <summary>Generation, such as <c>ax</c>.</summary>
    public string? Standard { get; private set; }

    /// <summary>Width of the channel, MHz.</summary>
    public int? WidthMHz { get; private set; }

    /// <summary>Takes a tag; false where it is nobody's but its user's.</summary>
    public bool TryTake(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxText)
        {
            return false;
        }

        if (tag.SequenceEqual("Security"u8) && SecurityText.TryParse(UserText.Plain(value), out SecurityFacts security))
        {
            Security = security;
            return true;
        }

        if (tag.SequenceEqual("Standard"u8) && value.StartsWith("802.11"u8) && value.Length is 7 or 8 && !value[6..].ContainsAnyExceptInRange((byte)'a', (byte)'z'))
        {
            Standard = UserText.Plain(value[6..]);
            return true;
        }

        if (tag.SequenceEqual("Width"u8) && value.EndsWith(" MHz"u8) && System.Buffers.Text.Utf8Parser.TryParse(value, out int width, out int digits) && digits == value.Length - 4 && width is > 0 and <= 320)
        {
            WidthMHz = width;
            return true;
        }

        return false;
    }
}
