using System.Threading.Channels;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>Takes messages of all connections: counts them by kind, checks their numbers, and keeps the devices for the one that reads them. Thread-safe.</summary>
internal sealed class MessageIntake(ReceiverOptions options)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly MessageReader _reader = new(options.Fields);
    private readonly Channel<KismetDevice> _devices = Channel.CreateBounded<KismetDevice>(new BoundedChannelOptions(options.Queue) { SingleReader = true });
    private readonly long[] _kinds = new long[Enum.GetValues<ReceivedKind>().Length];
    private readonly bool[] _told = new bool[Enum.GetValues<ReceivedKind>().Length];
    private long _dropped;
    private long _written;
    private int _busy;
    private long _bytes;

    public ReceivedStreams Streams { get; } = new();

    /// <summary>Devices in the order of their arrival.</summary>
    public ChannelReader<KismetDevice> Devices => _devices.Reader;

    /// <summary>Devices that found the queue full (datagrams).</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether everything that was read from connections has been taken out.</summary>
    public bool IsEmpty => Volatile.Read(ref _busy) == 0 && _devices.Reader.Count == 0;

    /// <summary>Bytes of messages, without framing and uncompressed.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Messages received, good and bad.</summary>
    public long Received => Sum(ReceivedKind.Device, ReceivedKind.BadToken);

    /// <summary>Messages that could not be read.</summary>
    public long Bad => Sum(ReceivedKind.TooLong, ReceivedKind.BadToken);

    /// <summary>Messages of a kind.</summary>
    public long CountOf(ReceivedKind kind) => Interlocked.Read(ref _kinds[(int)kind]);

    /// <summary>Bytes were read whose messages are not handed on yet.</summary>
    public void Begin() => Interlocked.Increment(ref _busy);

    /// <summary>They are.</summary>
    public void Finish() => Interlocked.Decrement(ref _busy);

    public void Count(ReceivedKind kind) => Interlocked.Increment(ref _kinds[(int)kind]);

    /// <summary>Reads a message and gives the device in it that is to be handed on; null: there is none.</summary>
    public KismetDevice? Take(ReadOnlySpan<byte> bytes, out ReceivedMessage message)
    {
        Interlocked.Add(ref _bytes, bytes.Length);
        message = _reader.Read(bytes);
        Count(message.Kind);
        if (message.Sequence > 0 && message.Stream is not null && !Streams.IsNew(message.Stream, message.Sequence))
        {
            return null;
        }

        return message.Kind == ReceivedKind.Expired && !options.Expired ? null : message.Device;
    }

    /// <summary>Hands a device on; waits while the queue is full.</summary>
    public async ValueTask WriteAsync(KismetDevice device, CancellationToken stop)
    {
        await _devices.Writer.WriteAsync(device, stop).ConfigureAwait(false);
        Interlocked.Increment(ref _written);
    }

    /// <summary>Hands a device on; where the queue is full it is dropped and counted.</summary>
    public void Offer(KismetDevice? device)
    {
        if (device is not null)
        {
            Interlocked.Increment(ref _devices.Writer.TryWrite(device) ? ref _written : ref _dropped);
        }
    }

    /// <summary>Waits until everything that is there now was taken out: a connection closed before would call delivered what is lost with this process.</summary>
    public async Task EmptyAsync(CancellationToken stop)
    {
        long written = Interlocked.Read(ref _written);
        while (Interlocked.Read(ref _written) - _devices.Reader.Count < written)
        {
            await Task.Delay(s_look, stop).ConfigureAwait(false);
        }
    }

    public void Complete() => _devices.Writer.TryComplete();

    /// <summary>Counts by reason of what was no message.</summary>
    public DetailList<KismetCounter> Reasons()
    {
        List<KismetCounter> reasons = [];
        for (ReceivedKind kind = ReceivedKind.Cut; kind <= ReceivedKind.BadCertificate; kind++)
        {
            if (CountOf(kind) is > 0 and long count)
            {
                reasons.Add(new KismetCounter { Name = kind.ToString(), Count = count });
            }
        }

        if (Dropped > 0)
        {
            reasons.Add(new KismetCounter { Name = "QueueFull", Count = Dropped });
        }

        return new DetailList<KismetCounter>(reasons);
    }

    /// <summary>Adds what there is to warn about since the last call. One thread.</summary>
    public void TakeWarnings(List<string> into, bool end)
    {
        Streams.TakeWarnings(into, end);
        for (ReceivedKind kind = ReceivedKind.TooLong; kind <= ReceivedKind.BadCertificate; kind++)
        {
            if (!_told[(int)kind] && CountOf(kind) > 0)
            {
                _told[(int)kind] = true;
                into.Add(kind >= ReceivedKind.BadToken
                    ? $"A sender was refused: {kind}. The statistics count the others."
                    : $"Something came that cannot be read: {kind}. The statistics count what is of that kind.");
            }
        }
    }

    private long Sum(ReceivedKind first, ReceivedKind last)
    {
        long sum = 0;
        for (ReceivedKind kind = first; kind <= last; kind++)
        {
            sum += CountOf(kind);
        }

        return sum;
    }
}
