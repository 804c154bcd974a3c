using KismetPS.Capture;
using KismetPS.PowerShell.Model;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Opens the stream that -Emit names.</summary>
internal static class StreamFactory
{
    public static SessionStream Open(CaptureSession session, KismetEmit emit, TimeSpan interval) => emit switch
    {
        KismetEmit.Device => new ChangeStream([session], filter: null, KismetChangeKind.Added | KismetChangeKind.Updated, existing: true, devices: true, interval),
        KismetEmit.Network => new NetworkStream(session, interval),
        KismetEmit.Frame => new FrameStream(session),
        KismetEmit.Alert => new AlertStream(session),
        _ => new PacketStream(session switch
        {
            TzspListener listener => listener.OpenPackets(),
            KismetImport import => import.OpenPackets(),
            _ => throw NoPackets(),
        }),
    };

    /// <summary>An interface delivers frames, not TZSP messages.</summary>
    public static KismetException NoPackets() =>
        new(KismetErrorId.ArgumentInvalid, "A capture from an interface has no TZSP messages to emit.", "Use -Emit Frame.");
}
