namespace KismetPS.Kismet.Text;

/// <summary>A server's answer to a command.</summary>
internal readonly ref struct Reply
{
    private Reply(bool isAck, int id, ReadOnlySpan<byte> text)
    {
        IsAck = isAck;
        Id = id;
        Text = text;
    }

    /// <summary>Served; else <see cref="Text"/> says why not.</summary>
    public bool IsAck { get; }

    /// <summary>The number of the command. Newcore gives back nine characters of it at most.</summary>
    public int Id { get; }

    /// <summary>The server's words, printable; empty for the ACK of stable.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Reads an ACK or ERROR sentence of either era; false for other sentences and for one without a number.</summary>
    public static bool TryRead(SentenceReader sentence, out Reply reply)
    {
        reply = default;
        bool ack = sentence.Name.SequenceEqual("ACK"u8);
        if (!ack && !sentence.Name.SequenceEqual("ERROR"u8))
        {
            return false;
        }

        // The raw form is read from the words too, so that a quoted text is understood whatever the era is held to be.
        WordReader words = new(sentence.Rest);
        if (!words.TryRead(out Word number) || !number.TryGetInt32(out int id))
        {
            return false;
        }

        ReadOnlySpan<byte> text = words.Rest;
        if (text is [WordReader.Quote, ..])
        {
            words.TryRead(out Word quoted);
            text = quoted.Value;
        }

        reply = new Reply(ack, id, text);
        return true;
    }
}
