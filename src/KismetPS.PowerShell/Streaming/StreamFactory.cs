using KismetPS.Kismet;
using KismetPS.PowerShell.Model;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Opens the stream that -Emit names. The command has made sure that the session has it.</summary>
internal static class StreamFactory
{
    public static SessionStream Open(DeviceSession session, KismetEmit emit, TimeSpan interval) => emit switch
    {
        KismetEmit.Device => new ChangeStream([session], filter: null, KismetChangeKind.Added | KismetChangeKind.Updated, existing: true, devices: true, interval),
        KismetEmit.Network => new NetworkStream(session, interval),
        KismetEmit.Frame => new FrameStream((CaptureSession)session),
        KismetEmit.Alert => new AlertStream(session),
        KismetEmit.Sentence => new SentenceStream(((KismetConnection)session).OpenSentences()),
        _ => new PacketStream(((CaptureSession)session).OpenPackets()),
    };
}
