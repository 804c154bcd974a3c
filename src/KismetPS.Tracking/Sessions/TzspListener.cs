using KismetPS.Capture.Tzsp;

namespace KismetPS.Tracking;

/// <summary>Listens for TZSP and tracks what it hears.</summary>
public sealed class TzspListener : CaptureSession
{
    private readonly TzspSource _source;

    private TzspListener(TzspSource source, string? name, TrackerOptions? tracker)
        : base(KismetSessionKind.TzspListener, name, source, tracker)
    {
        _source = source;
        _source.Tap = Tap;
    }

    /// <summary>UDP port bound.</summary>
    public int Port => _source.Port;

    /// <summary>Binds on this thread (throws <see cref="KismetPS.Capture.KismetException"/>) and runs in the background.</summary>
    /// <param name="listener">Socket.</param>
    /// <param name="tracker">Limits.</param>
    /// <param name="name">Name, null: made.</param>
    /// <param name="capturePath">pcapng file to write all frames to, null: none.</param>
    /// <param name="attach">Called before the first datagram can be read, to open subscriptions that miss nothing.</param>
    internal static TzspListener Start(
        TzspListenerOptions listener,
        TrackerOptions? tracker = null,
        string? name = null,
        string? capturePath = null,
        Action<TzspListener>? attach = null)
    {
        TzspListener session = new(new TzspSource(listener), name, tracker);
        session.StartCapture(capturePath, () => attach?.Invoke(session));
        return session;
    }
}
