namespace KismetPS.Export.Messages;

/// <summary>The fields that an encoder writes, in order, and the order in which they are given up.</summary>
internal sealed class MessageFieldSet<TSource>
{
    private readonly int[] _givenUp;
    private readonly bool[] _out;
    private readonly int[] _lengths;

    /// <param name="fields">In the order of writing.</param>
    /// <param name="leastImportantFirst">What is given up, in that order; what is not named stays.</param>
    public MessageFieldSet(IReadOnlyList<MessageField<TSource>> fields, IReadOnlyList<MessageField<TSource>> leastImportantFirst)
    {
        Fields = [.. fields];
        _givenUp = [.. leastImportantFirst.Select(f => Array.IndexOf(Fields, f)).Where(static i => i >= 0)];
        _out = new bool[Fields.Length];
        _lengths = new int[Fields.Length];
    }

    public MessageField<TSource>[] Fields { get; }

    /// <summary>Writes all fields that are not given up; notes how long each is.</summary>
    public void Write(MessageEncoder to, TSource source)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            int before = to.Line.Length;
            if (_out[i])
            {
                to.LeftOut(Fields[i]);
            }
            else
            {
                Fields[i].Write(to, source);
            }

            _lengths[i] = to.Line.Length - before;
        }
    }

    /// <summary>Gives up as many of the fields just written as make up so many bytes, or all that may be.</summary>
    public void GiveUp(int bytes)
    {
        foreach (int i in _givenUp)
        {
            if (bytes <= 0)
            {
                return;
            }

            _out[i] = true;
            bytes -= _lengths[i];
        }
    }

    /// <summary>Takes all fields up again.</summary>
    public void Restore() => Array.Clear(_out);
}
