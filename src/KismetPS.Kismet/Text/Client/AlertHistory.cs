namespace KismetPS.Kismet.Text.Client;

/// <summary>The alerts told last, since the backlog of a server comes again with every connection. Bounded.</summary>
internal sealed class AlertHistory
{
    private const int Remembered = 1024;

    private readonly Queue<ulong> _order = new();
    private readonly HashSet<ulong> _known = [];

    /// <summary>Whether it was not told yet, by the hashes of when and where it was and of what it says.</summary>
    public bool IsNew(int when, int what)
    {
        ulong key = ((ulong)(uint)when << 32) | (uint)what;
        if (!_known.Add(key))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > Remembered)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }
}
