namespace KismetPS.PowerShell.Input;

/// <summary>Puts a message together that PowerShell took apart: <c>$bytes | command</c> sends an array byte by byte.</summary>
internal sealed class ByteCollector
{
    private readonly List<byte> _bytes = [];

    /// <summary>Takes what one pipeline object brought; gives the messages that are complete now.</summary>
    public IEnumerable<byte[]> Add(byte[] piece)
    {
        if (piece.Length == 1)
        {
            _bytes.Add(piece[0]);
            yield break;
        }

        if (_bytes.Count > 0)
        {
            yield return Take();
        }

        yield return piece;
    }

    /// <summary>The message that the end of the pipeline completes, if there is one.</summary>
    public IEnumerable<byte[]> End()
    {
        if (_bytes.Count > 0)
        {
            yield return Take();
        }
    }

    private byte[] Take()
    {
        byte[] message = [.. _bytes];
        _bytes.Clear();
        return message;
    }
}
