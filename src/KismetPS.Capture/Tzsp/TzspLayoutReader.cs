using System.Runtime.CompilerServices;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Gives what <see cref="TzspReader.Read"/> gives, faster: a sensor's messages are all laid out alike, and a few layouts are remembered, as sensors of several
/// makes send to one listener. One thread.
/// </summary>
internal sealed class TzspLayoutReader
{
    // More than there are makes of sensors at one listener; each costs a comparison for a message that is laid out like none.
    private const int Layouts = 8;

    // Learning takes as long as reading, and layouts that come now and then are not to push out those that come always.
    private const uint LearnEvery = 8;

    private readonly TzspLayout[] _layouts = [.. Enumerable.Range(0, Layouts).Select(static _ => new TzspLayout())];
    private TzspLayout _last;
    private int _next;
    private uint _walked;

    /// <summary>Makes one that knows no layout.</summary>
    public TzspLayoutReader() => _last = _layouts[^1];

    /// <summary>Reads a datagram; <see cref="TzspReader.Read"/> says what it gives.</summary>
    public TzspStatus Read(ReadOnlySpan<byte> message, out TzspFacts facts, out RadioInfo radio)
    {
        TzspLayout? layout = _last;
        if (!layout.Knows(message))
        {
            layout = Find(message);
            if (layout is null)
            {
                return Walk(message, out facts, out radio);
            }

            _last = layout;
        }

        layout.Read(message, out facts, out radio);
        return TzspStatus.Frame;
    }

    /// <summary>Whether a message is laid out as one that is remembered.</summary>
    public bool Knows(ReadOnlySpan<byte> message) => Find(message) is not null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TzspLayout? Find(ReadOnlySpan<byte> message)
    {
        foreach (TzspLayout layout in _layouts)
        {
            if (layout.Knows(message))
            {
                return layout;
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TzspStatus Walk(ReadOnlySpan<byte> message, out TzspFacts facts, out RadioInfo radio)
    {
        TzspStatus status = TzspReader.Read(message, out facts, out radio);
        if (status == TzspStatus.Frame && _walked++ % LearnEvery == 0)
        {
            // In turn, but for the one in use.
            if (_layouts[_next] == _last)
            {
                _next = (_next + 1) % Layouts;
            }

            if (_layouts[_next].TryLearn(message, in facts))
            {
                _next = (_next + 1) % Layouts;
            }
        }

        return status;
    }
}
