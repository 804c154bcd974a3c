namespace KismetPS.Capture.Tzsp;

/// <summary>Walks the tag list of one TZSP message: padding anywhere, any order, lists of any length. Never reads past the message.</summary>
internal ref struct TzspTagReader
{
    private readonly ReadOnlySpan<byte> _message;
    private int _at;

    /// <summary>Starts behind the header.</summary>
    public TzspTagReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _at = TzspReader.HeaderLength;
        Number = 0;
        ValueOffset = 0;
        ValueLength = 0;
        Ended = false;
    }

    /// <summary>Number of the present tag.</summary>
    public byte Number { get; private set; }

    /// <summary>Where its value begins in the message.</summary>
    public int ValueOffset { get; private set; }

    /// <summary>Length of its value, 0 to 255.</summary>
    public int ValueLength { get; private set; }

    /// <summary>Whether END was met; false after the last <see cref="TryRead"/> means a malformed list.</summary>
    public bool Ended { get; private set; }

    /// <summary>Where reading stands: the frame's first byte once <see cref="Ended"/>, else the tag that could not be read.</summary>
    public readonly int Offset => _at;

    /// <summary>The present tag's value.</summary>
    public readonly ReadOnlySpan<byte> Value => _message.Slice(ValueOffset, ValueLength);

    /// <summary>Goes to the next tag with a value; false at END, and where the list breaks off.</summary>
    public bool TryRead()
    {
        ReadOnlySpan<byte> message = _message;
        int at = _at;
        while ((uint)at < (uint)message.Length)
        {
            byte number = message[at];
            if (number == TzspTagNumber.Padding)
            {
                at++;
                continue;
            }

            if (number == TzspTagNumber.End)
            {
                _at = at + 1;
                Ended = true;
                return false;
            }

            if ((uint)(at + 1) >= (uint)message.Length)
            {
                break;
            }

            int length = message[at + 1];
            int value = at + 2;
            if (length > message.Length - value)
            {
                break;
            }

            Number = number;
            ValueOffset = value;
            ValueLength = length;
            _at = value + length;
            return true;
        }

        _at = at;
        return false;
    }
}
