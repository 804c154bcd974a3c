using System.Net;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Runs the receive path over a few made-up messages before the socket is bound: at 100,000 datagrams a second the first burst would
/// overflow the buffer while the path is being compiled.
/// </summary>
internal static class TzspWarmUp
{
    private const int Rounds = 64;

    // Every tag that is read, then a beacon's first bytes; and an Ethernet frame of another stream.
    private static readonly byte[][] Messages =
    [
        [
            1, 0, 0, 18, 0, 10, 1, 0xC4, 11, 1, 0xA1, 12, 1, 2, 13, 4, 0, 0, 0, 1, 16, 1, 1, 17, 1, 0, 18, 1, 6, 40, 4, 0, 0, 0, 1, 41, 2, 0, 24,
            60, 6, 2, 0, 0, 0, 0, 1, 80, 1, 0x41, 81, 1, 0x42, 82, 8, 0, 0, 0, 1, 0, 0, 0, 1, 84, 4, 0, 0, 0, 1, 1,
            0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 2, 0, 0,
        ],
        [1, 0, 0, 1, 1, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0, 1, 0, 2, 0, 8, 0, 0],
        [1, 4, 0, 0],
        [1, 0, 0, 18, 10],
    ];

    /// <summary>Runs it; a few milliseconds the first time, next to nothing later.</summary>
    public static void Run()
    {
        SensorAddress first = SensorAddress.From(IPAddress.Parse("192.0.2.1"), 1);
        SensorAddress second = SensorAddress.From(IPAddress.Parse("2001:db8::1"), 2);
        TzspIntake intake = new(new OriginTable(), 8, new AllowList([]), new FeedbackFilter(TzspReader.DefaultPort, []));
        NullSink sink = new();
        for (int i = 0; i < Rounds; i++)
        {
            foreach (byte[] message in Messages)
            {
                intake.Accept(message, i % 2 == 0 ? first : second, i, sink);
            }
        }

        WarmUpReceiver();
    }

    // An unbound socket: the calls are made and nothing can come.
    private static void WarmUpReceiver()
    {
        try
        {
            using System.Net.Sockets.Socket socket = new(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
            if (OperatingSystem.IsLinux())
            {
                using LinuxReceiver receiver = new(socket, 0);
                receiver.Receive(0);
                receiver.Receive(0);
            }
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or KismetException)
        {
            // Binding will say what is wrong.
        }
    }

    private sealed class NullSink : IFrameSink
    {
        public void BeginBatch()
        {
        }

        public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
        {
        }

        public void EndBatch()
        {
        }

        public void OnIdle()
        {
        }
    }
}
