using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using KismetPS.TestKit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A receiver of JSON lines that counts sequence numbers; can be stopped and started on the same port, made to hang, or told to reset.</summary>
internal sealed class LineReceiver : IDisposable
{
    private readonly object _gate = new();
    private readonly SortedDictionary<long, int> _sequences = [];
    private readonly List<string> _lines = [];
    private readonly List<Socket> _connections = [];
    private readonly ManualResetEventSlim _reading = new(true);
    private TcpListener? _listener;
    private long _bytes;

    public LineReceiver(IPAddress? address = null, bool start = true)
    {
        Address = address ?? IPAddress.Loopback;
        Port = FreePort.Next();
        if (start)
        {
            Start();
        }
    }

    public IPAddress Address { get; }

    public int Port { get; }

    /// <summary>Certificate to show, where it speaks TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether a client must show a certificate.</summary>
    public bool AskForCertificate { get; init; }

    /// <summary>Whether connections are gzip streams.</summary>
    public bool Compressed { get; init; }

    /// <summary>Takes connections but closes each in good order after so many bytes.</summary>
    public long CloseAfter { get; set; } = long.MaxValue;

    /// <summary>Time between the end of its side and the close, as programs have it that shut down first.</summary>
    public TimeSpan PauseBeforeClose { get; init; }

    /// <summary>Closes each connection after so many bytes, which are of no message.</summary>
    public int CloseEachAfter { get; init; }

    /// <summary>Resets each connection after so many bytes.</summary>
    public long ResetAfter { get; set; } = long.MaxValue;

    /// <summary>Resets the first connection after so many bytes as they come from the network, whatever is inside.</summary>
    public long ResetAfterRaw { get; init; } = long.MaxValue;

    /// <summary>Buffer asked of the system; 0: its own.</summary>
    public int ReceiveBuffer { get; init; }

    public int Connections { get; private set; }

    /// <summary>Bytes that came from the network.</summary>
    public long RawBytes { get; private set; }

    /// <summary>How many of them were the last TLS handshake.</summary>
    public long HandshakeBytes { get; private set; }

    public string? ClientCertificate { get; private set; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public int Distinct
    {
        get
        {
            lock (_gate)
            {
                return _sequences.Count;
            }
        }
    }

    /// <summary>Numbers that came more than once.</summary>
    public int Repeated
    {
        get
        {
            lock (_gate)
            {
                return _sequences.Values.Sum(static n => n - 1);
            }
        }
    }

    /// <summary>Numbers missing between the first and the last.</summary>
    public IReadOnlyList<long> Gaps(long from, long through)
    {
        lock (_gate)
        {
            List<long> missing = [];
            for (long n = from; n <= through; n++)
            {
                if (!_sequences.ContainsKey(n))
                {
                    missing.Add(n);
                }
            }

            return missing;
        }
    }

    public void Start()
    {
        TcpListener listener = new(Address, Port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        if (ReceiveBuffer > 0)
        {
            listener.Server.ReceiveBufferSize = ReceiveBuffer;
        }

        listener.Start();
        _listener = listener;
        new Thread(() => Accept(listener)) { IsBackground = true }.Start();
    }

    /// <summary>Stops as a program does that is killed: what it has not read is lost.</summary>
    public void Kill()
    {
        _listener?.Stop();
        lock (_gate)
        {
            foreach (Socket connection in _connections)
            {
                try
                {
                    connection.LingerState = new LingerOption(true, 0);
                    connection.Close();
                }
                catch (Exception e) when (e is ObjectDisposedException or SocketException)
                {
                    // It had ended by itself.
                }
            }

            _connections.Clear();
        }
    }

    /// <summary>Reads nothing until <see cref="Resume"/>.</summary>
    public void Hang() => _reading.Reset();

    /// <summary>Answers nothing more on the connections there are, as a machine that has lost its power; new ones are taken.</summary>
    public void GoDeaf()
    {
        lock (_gate)
        {
            _connections.ForEach(DeafSocket.Apply);
        }
    }

    public void Resume() => _reading.Set();

    public void Dispose()
    {
        _reading.Set();
        Kill();
    }

    private void Accept(TcpListener listener)
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = listener.AcceptSocket();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            lock (_gate)
            {
                Connections++;
                _connections.Add(connection);
            }

            long cut = Connections == 1 ? ResetAfterRaw : long.MaxValue;
            new Thread(() => Read(connection, cut)) { IsBackground = true }.Start();
        }
    }

    private void Read(Socket connection, long cut)
    {
        try
        {
            Stream stream = new CutStream(connection, cut, n => RawBytes += n);
            if (Certificate is not null)
            {
                var tls = new SslStream(stream, false, (_, c, _, _) => c is not null || !AskForCertificate);
                tls.AuthenticateAsServer(new SslServerAuthenticationOptions { ServerCertificate = Certificate, ClientCertificateRequired = AskForCertificate });
                HandshakeBytes = RawBytes;
                ClientCertificate = tls.RemoteCertificate?.Subject;
                stream = tls;
            }

            if (CloseEachAfter > 0)
            {
                stream.ReadExactly(new byte[CloseEachAfter]);
                connection.Close();
                return;
            }

            using Stream source = Compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            var buffer = new byte[8192];
            var line = new List<byte>();
            while (true)
            {
                _reading.Wait();
                // Up to the cut and no further: what is behind it stays unread in the system.
                int length = source.Read(buffer, 0, (int)Math.Min(buffer.Length, Math.Min(CloseAfter, ResetAfter) - _bytes));
                if (length == 0)
                {
                    return;
                }

                foreach (byte b in buffer.AsSpan(0, length))
                {
                    _bytes++;
                    if (b == '\n')
                    {
                        Take(Encoding.UTF8.GetString([.. line]));
                        line.Clear();
                    }
                    else
                    {
                        line.Add(b);
                    }

                    if (_bytes >= ResetAfter)
                    {
                        ResetAfter = long.MaxValue;
                        connection.LingerState = new LingerOption(true, 0);
                        connection.Close();
                        return;
                    }

                    if (_bytes >= CloseAfter)
                    {
                        // In one step, as most programs do: a stream would shut down first, and a busy machine may wait long before the reset behind that.
                        CloseAfter = long.MaxValue;
                        if (PauseBeforeClose > TimeSpan.Zero)
                        {
                            connection.Shutdown(SocketShutdown.Both);
                            Thread.Sleep(PauseBeforeClose);
                        }

                        connection.Close();
                        return;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or AuthenticationException or InvalidDataException)
        {
            // The connection is over, as the test wanted.
        }
    }

    private void Take(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("sequence", out JsonElement sequence))
            {
                long n = sequence.GetInt64();
                _sequences[n] = _sequences.GetValueOrDefault(n) + 1;
            }
        }
    }
}
