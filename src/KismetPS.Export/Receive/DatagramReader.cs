using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;

namespace KismetPS.Export.Receive;

/// <summary>Senders over UDP: a message or several lines a datagram, plain or gzip, or a chunk of a GELF message.</summary>
internal sealed class DatagramReader(Socket socket, AllowList allowed, ReceiverOptions options, MessageIntake intake, Action refused, CancellationToken stop)
{
    private readonly MessageDeframer _framer = new(options.MaxBytes);
    private readonly GelfAssembly _gelf = new(options.MaxBytes);
    private readonly byte[] _plain = new byte[options.MaxBytes + 1];

    /// <summary>Reads until it is stopped. Never throws.</summary>
    public async Task RunAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        var anybody = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, stop).ConfigureAwait(false);
                if (allowed.Allows(((IPEndPoint)result.RemoteEndPoint).Address))
                {
                    Take(buffer.AsMemory(0, result.ReceivedBytes));
                }
                else
                {
                    refused();
                }
            }
            catch (SocketException) when (!stop.IsCancellationRequested)
            {
                // Windows reports what became of datagrams sent from this port; none are.
                await Task.Delay(10).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>One datagram.</summary>
    public void Take(ReadOnlyMemory<byte> datagram)
    {
        if (datagram.Span is [0x1E, 0x0F, ..])
        {
            switch (_gelf.Add(datagram.Span, out byte[]? whole))
            {
                case GelfChunkStatus.Complete:
                    Whole(whole!);
                    break;
                case GelfChunkStatus.Bad:
                    intake.Count(ReceivedKind.BadFraming);
                    break;
            }
        }
        else
        {
            Whole(datagram);
        }
    }

    private void Whole(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span is [0x1F, 0x8B, ..])
        {
            if (Unpack(bytes) is int length)
            {
                Messages(_plain.AsSpan(0, length));
            }
        }
        else
        {
            Messages(bytes.Span);
        }
    }

    private void Messages(ReadOnlySpan<byte> bytes)
    {
        _framer.Append(bytes);
        while (_framer.TryRead(out ReadOnlySpan<byte> message, out ReceivedKind? problem))
        {
            if (problem is ReceivedKind bad)
            {
                intake.Count(bad);
            }
            else
            {
                intake.Offer(intake.Take(message, out _));
            }
        }

        if (_framer.TryFinish(out ReadOnlySpan<byte> rest))
        {
            intake.Offer(intake.Take(rest, out _));
        }
    }

    // A few bytes can unpack to gigabytes: no more than a message may be long.
    private int? Unpack(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            int length = gzip.ReadAtLeast(_plain, _plain.Length, throwOnEndOfStream: false);
            if (length < _plain.Length)
            {
                return length;
            }

            intake.Count(ReceivedKind.TooLong);
        }
        catch (InvalidDataException)
        {
            intake.Count(ReceivedKind.BadCompression);
        }

        return null;
    }
}
