using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Export.Delivery;
using KismetPS.Export.Messages;

namespace KismetPS.Export.Transports;

/// <summary>
/// UDP: one message a datagram, or several lines where a batch was asked for. Nothing is ever known to have arrived; what the kernel refuses is
/// counted and tried again. A refusal belongs to the datagram before, and the kernel tells it on the next one.
/// </summary>
internal sealed class DatagramConnection : IConnection
{
    // What an Ethernet frame carries over IPv6 with room for a tunnel: nothing is fragmented.
    private const int Datagram = 1400;
    private const int LargestDatagram = 65_507;
    private const int Tries = 200;
    private const int RefusalsPerDatagram = 3;
    private static readonly TimeSpan s_lateRefusal = TimeSpan.FromMilliseconds(50);

    private readonly string _target;
    private readonly int _batch;
    private readonly bool _compress;
    private readonly bool _chunks;
    private readonly IPEndPoint[] _addresses;
    private readonly RatePacer _pacer;
    private readonly CancellationToken _stop;
    private readonly Action<KismetException> _onRefusal;
    private readonly MessageBuffer _out = new();
    private readonly MessageBuffer _before = new();
    private readonly MessageBuffer _compressed = new();
    private readonly byte[] _chunk = new byte[Datagram];
    private Socket _socket;
    private int _address;
    private int _count;
    private long _last;
    private ulong _chunkId;
    private volatile bool _aborted;

    private DatagramConnection(ExportOptions options, string target, Action<KismetException> onRefusal, CancellationToken stop)
    {
        _target = target;
        _compress = options.Compress;
        _chunks = options.Format == DeviceDataFormat.Gelf;
        // Syslog has one message a datagram (RFC 5426 3.1), and so has GELF.
        _batch = MessageEncoders.FramingOf(options.Format) == MessageFraming.LineFeed ? Math.Max(1, options.BatchSize) : 1;
        _onRefusal = onRefusal;
        _stop = stop;
        _pacer = new RatePacer(options.DatagramRate);
        _chunkId = (ulong)Random.Shared.NextInt64();
        _addresses = [.. AddressList.Resolve(options.Host, target, stop)
            // A datagram to an address where nobody listens is lost before that is known: few receivers of datagrams listen on IPv6.
            .OrderBy(static a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .Select(a => new IPEndPoint(a, options.Port))];
        _socket = OpenAny();
    }

    public IPEndPoint RemoteEndPoint => _addresses[_address];

    public long BytesSent { get; private set; }

    /// <summary>Datagrams refused: by the other machine, or by this one's kernel until the tries were over.</summary>
    public long Refused { get; private set; }

    /// <summary>Messages that fit no datagram.</summary>
    public long TooLong { get; private set; }

    // What was given to the kernel is kept no longer; that is no claim that it arrived.
    public long Confirmed { get; private set; }

    public static DatagramConnection Open(ExportOptions options, string target, Action<KismetException> onRefusal, CancellationToken stop) =>
        new(options, target, onRefusal, stop);

    public bool Add(long sequence, ReadOnlySpan<byte> message)
    {
        if (_count > 0 && (_count == _batch || _out.Length + 1 + message.Length > Datagram))
        {
            return false;
        }

        if (_count > 0)
        {
            _out.Write((byte)'\n');
        }

        message.CopyTo(_out.GetSpan(message.Length));
        _out.Advance(message.Length);
        _count++;
        _last = sequence;
        return true;
    }

    public void Send()
    {
        if (_count > 0)
        {
            MessageBuffer payload = _compress ? Compressed() : _out;
            int chunks = _chunks ? GelfChunks.CountFor(payload.Length, Datagram) : payload.Length <= LargestDatagram ? 1 : 0;
            if (chunks == 1)
            {
                Send(payload.Written);
            }
            else if (chunks == 0)
            {
                TooLong += _count;
            }

            _chunkId++;
            for (int i = 0; chunks > 1 && i < chunks; i++)
            {
                Send(_chunk.AsSpan(0, GelfChunks.Write(_chunk, payload.Written, Datagram, _chunkId, i, chunks)));
            }
        }

        _out.Clear();
        _count = 0;
        Confirmed = _last;
    }

    public void Check()
    {
        // Nobody says anything: the next datagram tells.
    }

    public bool Finish(TimeSpan most)
    {
        // The refusal of the last datagram comes after it.
        if (_socket.Poll(s_lateRefusal, SelectMode.SelectRead))
        {
            _socket.Receive(_chunk, SocketFlags.None, out SocketError error);
            if (error is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                Refuse();
            }
        }

        return true;
    }

    public void Settle()
    {
        // There is nothing to find out.
    }

    public void Abort() => _aborted = true;

    public void Dispose() => _socket.Dispose();

    private void Send(ReadOnlySpan<byte> datagram)
    {
        _pacer.Wait(_stop);
        int refusals = 0;
        for (int i = 0; i < Tries && !_aborted; i++)
        {
            _socket.Send(datagram, SocketFlags.None, out SocketError error);
            switch (error)
            {
                case SocketError.Success:
                    BytesSent += datagram.Length;
                    Keep(datagram);
                    return;
                case SocketError.ConnectionRefused or SocketError.ConnectionReset:
                    Refuse();
                    if (++refusals > RefusalsPerDatagram)
                    {
                        return;
                    }

                    NextAddress();
                    if (_before.Length > 0)
                    {
                        _socket.Send(_before.Written, SocketFlags.None, out _);
                    }

                    break;
                case SocketError.NoBufferSpaceAvailable or SocketError.WouldBlock or SocketError.TryAgain or SocketError.Interrupted or SocketError.IOPending:
                    Thread.Sleep(1);
                    break;
                case SocketError.MessageSize:
                    TooLong += _count;
                    return;
                default:
                    throw ConnectionFailure.From(_target, error);
            }
        }

        Refused++;
    }

    private void Keep(ReadOnlySpan<byte> datagram)
    {
        _before.Clear();
        datagram.CopyTo(_before.GetSpan(datagram.Length));
        _before.Advance(datagram.Length);
    }

    private void Refuse()
    {
        Refused++;
        _onRefusal(ConnectionFailure.From(_target, SocketError.ConnectionRefused));
    }

    private MessageBuffer Compressed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(_out.Written);
        }

        _compressed.Clear();
        packed.GetBuffer().AsSpan(0, (int)packed.Length).CopyTo(_compressed.GetSpan((int)packed.Length));
        _compressed.Advance((int)packed.Length);
        return _compressed;
    }

    private void NextAddress()
    {
        if (_addresses.Length > 1)
        {
            _socket.Dispose();
            _address = (_address + 1) % _addresses.Length;
            _socket = OpenAny();
        }
    }

    // An address without a route is passed over.
    private Socket OpenAny()
    {
        SocketException? failure = null;
        for (int i = 0; i < _addresses.Length; i++, _address = (_address + 1) % _addresses.Length)
        {
            IPEndPoint to = _addresses[_address];
            var socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SendBufferSize = 1 << 20;
                if (to.AddressFamily == AddressFamily.InterNetwork)
                {
                    socket.EnableBroadcast = true;
                }

                socket.Connect(to);
                socket.Blocking = false;
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
        }

        throw ConnectionFailure.From(_target, failure!.SocketErrorCode, failure);
    }
}
