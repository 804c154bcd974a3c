using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>Sends TZSP messages over UDP at a given rate; also wraps frames of captures. One thread at a time.</summary>
internal sealed class TzspSender : IDisposable
{
    /// <summary>Largest UDP datagram over IPv4: 65,535 less both headers.</summary>
    public const int MaxMessage = 65_507;

    private const int Tries = 200;

    private readonly Socket _socket;
    private readonly RatePacer _pacer;
    private readonly TzspFrameWrapper _wrapper;
    private readonly byte[] _message = new byte[MaxMessage];

    /// <summary>Resolves and connects. Throws <see cref="KismetException"/>.</summary>
    /// <param name="host">Name or address; of a name's addresses an IPv4 one is preferred, since few TZSP receivers listen on IPv6.</param>
    /// <param name="port">UDP port, 1 to 65535.</param>
    /// <param name="options">Rate and tags.</param>
    public TzspSender(string host, int port, TzspSenderOptions options)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"{port} is no UDP port.", "Ports go from 1 to 65535; TZSP's is 37008.");
        }

        IPAddress address = Resolve(host, options.LocalAddress?.AddressFamily);
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (options.LocalAddress is not null)
            {
                _socket.Bind(new IPEndPoint(options.LocalAddress, 0));
            }

            _socket.SendBufferSize = 1 << 20;
            _socket.Connect(new IPEndPoint(address, port));
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw e.SocketErrorCode == SocketError.AddressNotAvailable
                ? new KismetException(KismetErrorId.AddressNotAvailable, $"{options.LocalAddress} is no address of this machine.", null, e)
                : Failure(host, port, e.Message, e);
        }

        EndPoint = new IPEndPoint(address, port).ToString();
        _pacer = new RatePacer(options.Rate);
        _wrapper = new TzspFrameWrapper(options);
    }

    /// <summary>Where to.</summary>
    public string EndPoint { get; }

    /// <summary>Messages sent.</summary>
    public long Sent { get; private set; }

    /// <summary>
    /// Refusals: the other machine said that nobody listens (the kernel tells it on the message after the refused one, which is then sent again),
    /// or the kernel had no room for too long and the message was given up.
    /// </summary>
    public long Refused { get; private set; }

    /// <summary>Packets that TZSP has no encapsulation for.</summary>
    public long Skipped { get; private set; }

    /// <summary>Sends a ready message as it is, waiting for its turn by the rate; not sent where cancelled. Throws <see cref="KismetException"/> where there is no way to the receiver or the message is too long.</summary>
    public void Send(ReadOnlySpan<byte> message, CancellationToken stop)
    {
        if (!_pacer.Wait(stop))
        {
            return;
        }

        for (int tries = 0; tries < Tries; tries++)
        {
            _socket.Send(message, SocketFlags.None, out SocketError error);
            switch (error)
            {
                case SocketError.Success:
                    Sent++;
                    return;
                case SocketError.ConnectionRefused or SocketError.ConnectionReset:
                    Refused++;
                    break;
                case SocketError.NoBufferSpaceAvailable or SocketError.WouldBlock or SocketError.TryAgain or SocketError.Interrupted:
                    if (stop.IsCancellationRequested)
                    {
                        return;
                    }

                    Thread.Sleep(1);
                    break;
                case SocketError.MessageSize:
                    throw new KismetException(KismetErrorId.ArgumentInvalid, $"A TZSP message of {message.Length} bytes does not fit a UDP datagram.", $"{MaxMessage} bytes is the most.");
                default:
                    throw new KismetException(KismetErrorId.NetworkFailure, $"Sending to {EndPoint} failed: {new SocketException((int)error).Message}");
            }
        }

        Refused++;
    }

    /// <summary>Wraps a packet as a sensor would (tags from its radio facts, running packet count) and sends it; see <see cref="Send"/>.</summary>
    public void SendFrame(ReadOnlySpan<byte> packet, in FrameInfo info, CancellationToken stop)
    {
        int length = _wrapper.Wrap(packet, in info, _message);
        if (length == 0)
        {
            Skipped++;
            return;
        }

        Send(_message.AsSpan(0, length), stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static IPAddress Resolve(string host, AddressFamily? family)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal;
        }

        try
        {
            IPAddress[] addresses = Dns.GetHostAddresses(host, family ?? AddressFamily.Unspecified);
            return Array.Find(addresses, static a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        }
        catch (Exception e) when (e is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new KismetException(KismetErrorId.HostNotFound, $"The host name '{host}' cannot be resolved.", "Check the name, or give an address.", e);
        }
    }

    private static KismetException Failure(string host, int port, string why, Exception inner) =>
        new(KismetErrorId.NetworkFailure, $"Cannot send to {host} port {port}: {why}", null, inner);
}
