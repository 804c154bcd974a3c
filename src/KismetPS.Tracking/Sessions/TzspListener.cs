using KismetPS.Capture.Tzsp;

namespace KismetPS.Tracking;

/// <summary>Listens for TZSP and tracks what it hears.</summary>
public sealed class TzspListener : CaptureSession
{
    private TzspListener(string? name)
        : base(KismetSessionKind.TzspListener, name)
    {
    }

    /// <summary>UDP port bound.</summary>
    public int Port => 0;

    /// <summary>Capture file being written, null if none.</summary>
    public string? CapturePath => null;

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
        Action<TzspListener>? attach = null) => throw new NotImplementedException();

    /// <summary>A subscription to the TZSP messages as they come.</summary>
    internal PacketReader OpenPackets(int capacityBytes = 16 * 1024 * 1024) => throw new NotImplementedException();
}
