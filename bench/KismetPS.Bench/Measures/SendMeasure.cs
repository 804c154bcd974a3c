using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Bench.Corpora;

namespace KismetPS.Bench.Measures;

/// <summary>The sender for machines without a C compiler: one system call a datagram, so that it reaches perhaps half of udp_send's rate.</summary>
internal static class SendMeasure
{
    private const int Batch = 64;

    /// <summary>Sends round after round.</summary>
    public static void Run(PackedCorpus corpus, int port, double rate, double seconds)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { SendBufferSize = 4 << 20 };
        socket.Connect(IPAddress.Loopback, port);
        long sent = 0;
        long refused = 0;
        int next = 0;
        long start = Stopwatch.GetTimestamp();
        for (double elapsed = 0; elapsed < seconds; elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds)
        {
            if (rate > 0 && sent > elapsed * rate)
            {
                continue;
            }

            for (int i = 0; i < Batch; i++)
            {
                corpus.Stamp(next, (uint)sent);
                try
                {
                    socket.Send(corpus.Message(next));
                    sent++;
                }
                catch (SocketException)
                {
                    refused++;
                }

                next = (next + 1) % corpus.Count;
            }
        }

        Output.Put("sent", sent);
        Output.Put("refused", refused);
        Output.Put("elapsed_ns", (long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        Output.Put("cpu_ns", CpuClock.ProcessNs);
    }
}
