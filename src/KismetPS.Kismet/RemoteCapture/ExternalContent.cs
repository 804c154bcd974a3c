namespace KismetPS.Kismet.RemoteCapture;

/// <summary>Fields of a frame's content by their numbers.</summary>
internal static class ExternalContent
{
    /// <summary>Whether the content is a whole map with numbers for keys, or nothing where nothing is allowed.</summary>
    public static bool IsValid(ReadOnlySpan<byte> content) => TryFind(content, uint.MaxValue, out _);

    /// <summary>Whether there is such a field. False too for content that is no map.</summary>
    public static bool Has(ReadOnlySpan<byte> content, uint field) => TryFind(content, field, out ReadOnlySpan<byte> value) && !value.IsEmpty;

    /// <summary>The bytes of a text field; false where there is none, or it is no text.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> content, uint field, out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryFind(content, field, out ReadOnlySpan<byte> value) && new MessagePackReader(value).TryReadText(out text);
    }

    /// <summary>A number that is not negative; false where there is none.</summary>
    public static bool TryReadUnsigned(ReadOnlySpan<byte> content, uint field, out ulong number)
    {
        number = 0;
        return TryFind(content, field, out ReadOnlySpan<byte> value) && new MessagePackReader(value).TryReadUnsigned(out number);
    }

    /// <summary>A field's value as it stands there, the map of another block included; empty where there is none. False: the content is no whole map.</summary>
    public static bool TryFind(ReadOnlySpan<byte> content, uint field, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (content.IsEmpty)
        {
            return true;
        }

        MessagePackReader reader = new(content);
        if (!reader.TryReadMapHeader(out int count))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadUnsigned(out ulong key))
            {
                return false;
            }

            ReadOnlySpan<byte> before = content[^reader.Remaining..];
            if (!reader.TrySkip())
            {
                return false;
            }

            if (key == field && value.IsEmpty)
            {
                value = before[..^reader.Remaining];
            }
        }

        return reader.IsAtEnd;
    }
}
