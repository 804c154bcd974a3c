using System.Buffers.Binary;
using System.Diagnostics;
using KismetPS.Export.Transports;

namespace KismetPS.Export.Receive;

/// <summary>
/// Puts chunked GELF messages together: magic 1E 0F, eight bytes that name the message, number and count of the chunk. So many messages at once,
/// so many bytes each, so long: what exceeds that is given up.
/// </summary>
internal sealed class GelfAssembly(int maxBytes)
{
    /// <summary>Messages put together at once.</summary>
    public const int Most = 64;

    // Five seconds, as Graylog waits.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ulong, Parts> _messages = [];

    /// <summary>Adds a datagram.</summary>
    public GelfChunkStatus Add(ReadOnlySpan<byte> datagram, out byte[]? message)
    {
        message = null;
        if (datagram.Length <= GelfChunks.HeaderLength || datagram[11] is 0 or > GelfChunks.Most || datagram[10] >= datagram[11])
        {
            return GelfChunkStatus.Bad;
        }

        ulong id = BinaryPrimitives.ReadUInt64BigEndian(datagram[2..]);
        GelfChunkStatus status = GelfChunkStatus.Waiting;
        if (!_messages.TryGetValue(id, out Parts? parts) || Stopwatch.GetElapsedTime(parts.Since) > s_patience)
        {
            status = parts is null && _messages.Count < Most ? status : GelfChunkStatus.Bad;
            if (parts is null && _messages.Count >= Most)
            {
                _messages.Remove(_messages.MinBy(static m => m.Value.Since).Key);
            }

            _messages[id] = parts = new Parts(datagram[11]);
        }

        ReadOnlySpan<byte> part = datagram[GelfChunks.HeaderLength..];
        if (parts.Pieces.Length != datagram[11] || parts.Length + part.Length > maxBytes)
        {
            _messages.Remove(id);
            return GelfChunkStatus.Bad;
        }

        if (parts.Pieces[datagram[10]] is null)
        {
            parts.Pieces[datagram[10]] = part.ToArray();
            parts.Length += part.Length;
            parts.Count++;
        }

        if (parts.Count < parts.Pieces.Length)
        {
            return status;
        }

        _messages.Remove(id);
        message = [.. parts.Pieces.SelectMany(static p => p!)];
        return GelfChunkStatus.Complete;
    }

    private sealed class Parts(int count)
    {
        public byte[]?[] Pieces { get; } = new byte[]?[count];

        public long Since { get; } = Stopwatch.GetTimestamp();

        public int Count { get; set; }

        public int Length { get; set; }
    }
}
