namespace KismetPS.Wireless.Elements;

/// <summary>
/// Reads an element's payload as one stream with that of the fragment elements (242) behind it: one of 255 bytes may go on in the next
/// (IEEE Std 802.11-2020 10.28.11).
/// </summary>
internal ref struct FragmentReader
{
    private readonly ReadOnlySpan<byte> _frame;
    private int _at;
    private int _end;
    private bool _goesOn;

    /// <summary>Starts at <paramref name="start"/> inside an element whose payload (extension included) has <paramref name="elementLength"/> bytes and ends at <paramref name="elementEnd"/>.</summary>
    public FragmentReader(ReadOnlySpan<byte> frame, int start, int elementEnd, int elementLength)
    {
        _frame = frame;
        _at = start;
        _end = Math.Min(elementEnd, frame.Length);
        _goesOn = elementLength == 255;
    }

    /// <summary>Reads so many bytes; false, with the reader at its end, where there are fewer.</summary>
    public bool TryRead(scoped Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_at >= _end && !TryNextFragment())
            {
                return false;
            }

            int take = Math.Min(destination.Length, _end - _at);
            _frame.Slice(_at, take).CopyTo(destination);
            destination = destination[take..];
            _at += take;
        }

        return true;
    }

    /// <summary>Goes over so many bytes.</summary>
    public bool TrySkip(int count)
    {
        while (count > 0)
        {
            if (_at >= _end && !TryNextFragment())
            {
                return false;
            }

            int take = Math.Min(count, _end - _at);
            count -= take;
            _at += take;
        }

        return true;
    }

    private bool TryNextFragment()
    {
        if (!_goesOn || _frame.Length - _end < 2 || _frame[_end] != ElementId.Fragment || _frame[_end + 1] > _frame.Length - _end - 2)
        {
            return false;
        }

        int length = _frame[_end + 1];
        _at = _end + 2;
        _end = _at + length;
        _goesOn = length == 255;
        return length != 0;
    }
}
