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
        _ => new PacketStream(session.OpenPackets()),
    };
}
