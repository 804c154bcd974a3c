using System.Buffers;

namespace KismetPS.Export.Messages;

/// <summary>Writes messages of one format. Used by one thread at a time; allocates nothing per message once it has grown.</summary>
internal interface IMessageEncoder
{
    /// <summary>Messages from which fields were left out, or texts cut, because they would have been longer than allowed.</summary>
    long Shortened { get; }

    /// <summary>Writes one message: no framing, no line end, and no byte in it that would end a line (or NUL).</summary>
    void Write(IBufferWriter<byte> to, in ExportRecord record);
}
