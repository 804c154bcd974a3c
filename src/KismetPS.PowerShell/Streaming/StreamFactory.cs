using KismetPS.Kismet;
using KismetPS.PowerShell.Model;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Opens the streams of sessions. Who asks has made sure that the session has it.</summary>
internal static class StreamFactory
{
    /// <summary>Opens the stream that -Emit names.</summary>
    public static SessionStream Open(DeviceSession session, KismetEmit emit, TimeSpan interval) => emit switch
    {
        KismetEmit.Device => new ChangeStream([session], filter: null, KismetChangeKind.Added | KismetChangeKind.Updated, existing: true, devices: true, interval),
        KismetEmit.Network => new NetworkStream(session, interval),
        KismetEmit.Frame => new FrameStream((CaptureSession)session),
        KismetEmit.Alert => new AlertStream(session),
        KismetEmit.Sentence => new SentenceStream(((KismetConnection)session).OpenSentences()),
        _ => new PacketStream(((CaptureSession)session).OpenPackets()),
    };

    /// <summary>Opens the stream that a subscription reads; all but the end of a session is told by sessions that know devices.</summary>
    public static SessionStream Open(KismetSession session, KismetEventKind kind, DeviceFilter filter, KismetChangeKind changes, bool existing, TimeSpan interval) => kind switch
    {
        KismetEventKind.Device => new ChangeStream([(DeviceSession)session], filter, changes, existing, devices: false, interval),
        KismetEventKind.Network => new NetworkStream((DeviceSession)session, interval, filter, existing),
        KismetEventKind.Alert => new AlertStream((DeviceSession)session, existing),
        _ => new EndStream(session),
    };
}
