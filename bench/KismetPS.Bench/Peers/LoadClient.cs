using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Server;
using KismetPS.Tracking;

namespace KismetPS.Bench.Peers;

/// <summary>
/// A client that has every field of every sentence on. How far it is behind is told by the networks' own clocks: a beacon carries the time it was sent
/// at, and the server prints it (BSSID.bsstimestamp), so what is measured goes from the beacon's sender to this client, the server's tick included.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly byte[] s_enable = Enable();
    private static readonly byte[] s_bssid = "*BSSID: "u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly LineFramer _framer = new();
    private readonly HashSet<long> _seen = [];

    /// <summary>Bytes read.</summary>
    public long Bytes { get; private set; }

    /// <summary>BSSID lines of beacons sent since <see cref="From"/>.</summary>
    public long Changes { get; private set; }

    /// <summary>Furthest it was behind, microseconds, among those.</summary>
    public long MaxLagUs { get; private set; }

    /// <summary>Whether everything known has come: the answer to the last command has.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Beacons sent before this time do not count, microseconds since 1970.</summary>
    public long From { get; set; } = long.MaxValue;

    /// <summary>Connects and asks for everything; one that is stuck never reads.</summary>
    public void Start(int port, bool stuck)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(s_enable);
        if (!stuck)
        {
            _ = ReadAsync();
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Enable()
    {
        StringBuilder text = new();
        int id = 0;
        foreach (SentenceKind kind in Enum.GetValues<SentenceKind>())
        {
            if (!ServerCatalog.IsRequired(kind))
            {
                ServedSentence sentence = ServerCatalog.Of(TextEra.Newcore)[kind];
                IEnumerable<string> fields = sentence.Definition.Fields;
                // The clock first, where it is found without reading the line.
                text.Append($"!{++id} ENABLE {sentence.Definition.Name} {string.Join(',', kind == SentenceKind.Bssid ? fields.OrderBy(static f => f != "bsstimestamp") : fields)}\n");
            }
        }

        return Encoding.ASCII.GetBytes(text.Append("!999 REMOVE PACKET\n").ToString());
    }

    private async Task ReadAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            int read;
            while ((read = await _socket.ReceiveAsync(buffer).ConfigureAwait(false)) > 0)
            {
                Bytes += read;
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        long now = UnixTime.NowNs / 1000;
        while (_framer.TryRead(ref bytes, out ReadOnlySpan<byte> line))
        {
            if (line.StartsWith(s_bssid) && Utf8Parser.TryParse(line[s_bssid.Length..], out long sent, out _) && sent >= From)
            {
                // A network may come again for another reason than a beacon, with the clock it had.
                if (!_seen.Add(sent))
                {
                    continue;
                }

                Changes++;
                MaxLagUs = Math.Max(MaxLagUs, now - sent);
            }
            else if (!IsReady && (line.StartsWith("*ERROR: 999 "u8) || line.StartsWith("*ACK: 999 "u8)))
            {
                IsReady = true;
            }
        }
    }
}
