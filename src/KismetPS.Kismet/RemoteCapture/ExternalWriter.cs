using System.Buffers;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>The frames a capture source sends, field numbers as in kis_external_packet.h. Numbers frames by itself. One thread at a time.</summary>
internal sealed class ExternalWriter
{
    /// <summary>Link type of all packets sent: radiotap is the one form whose signal a server believes.</summary>
    public const uint RadiotapLinkType = 127;

    private const int MaxText = 512;
    private const byte InformationKind = 2;

    private uint _sequence;

    private delegate void Content(ref MessagePackWriter writer);

    /// <summary>A new connection: numbers begin again.</summary>
    public void Reset() => _sequence = 0;

    /// <summary>What the source is; the first frame of a connection.</summary>
    public void NewSource(IBufferWriter<byte> output, RemoteSource source) => Write(output, ExternalCommand.NewSource, 0, (ref MessagePackWriter w) =>
    {
        w.MapHeader(3);
        w.Unsigned(1);
        w.Text(source.Definition);
        w.Unsigned(2);
        w.Text(source.Type);
        w.Unsigned(3);
        w.Text(source.Uuid.ToString("D").ToUpperInvariant());
    });

    /// <summary>Yes to an <see cref="ExternalCommand.OpenRequest"/>.</summary>
    public void OpenReport(IBufferWriter<byte> output, uint request, RemoteSource source, string channel) => Write(output, ExternalCommand.OpenReport, ExternalFrame.Success, (ref MessagePackWriter w) =>
    {
        w.MapHeader(channel.Length > 0 ? 8 : 7);
        w.Unsigned(1);
        w.Unsigned(request);
        w.Unsigned(2);
        w.Unsigned(RadiotapLinkType);
        w.Unsigned(3);
        w.Text("kismetps");
        if (channel.Length > 0)
        {
            w.Unsigned(5);
            w.Text(channel);
        }

        w.Unsigned(7);
        w.Text(Cut(source.Hardware));
        w.Unsigned(8);
        w.Text(source.Uuid.ToString("D").ToUpperInvariant());
        w.Unsigned(9);
        w.Text("KismetPS sends frames");
        w.Unsigned(10);
        w.Text(Cut(source.Version));
    });

    /// <summary>Yes to an <see cref="ExternalCommand.ProbeRequest"/>.</summary>
    public void ProbeReport(IBufferWriter<byte> output, uint request) => Write(output, ExternalCommand.ProbeReport, ExternalFrame.Success, (ref MessagePackWriter w) =>
    {
        w.MapHeader(1);
        w.Unsigned(1);
        w.Unsigned(request);
    });

    /// <summary>The one interface there is.</summary>
    public void ListReport(IBufferWriter<byte> output, uint request, RemoteSource source) => Write(output, ExternalCommand.ListReport, ExternalFrame.Success, (ref MessagePackWriter w) =>
    {
        w.MapHeader(2);
        w.Unsigned(1);
        w.Unsigned(request);
        w.Unsigned(2);
        w.ArrayHeader(1);
        w.MapHeader(2);
        w.Unsigned(1);
        w.Text("kismetps");
        w.Unsigned(3);
        w.Text(Cut(source.Hardware));
    });

    /// <summary>
    /// The answer to an <see cref="ExternalCommand.ConfigureRequest"/>: the channel we are on, whatever was asked for, since our sensors set their own.
    /// It says yes: to a no a server closes the source.
    /// </summary>
    public void ConfigureReport(IBufferWriter<byte> output, uint request, string channel) => Write(output, ExternalCommand.ConfigureReport, ExternalFrame.Success, (ref MessagePackWriter w) =>
    {
        w.MapHeader(channel.Length > 0 ? 2 : 1);
        w.Unsigned(1);
        w.Unsigned(request);
        if (channel.Length > 0)
        {
            w.Unsigned(2);
            w.Text(channel);
        }
    });

    /// <summary>Words for the server's log.</summary>
    public void Message(IBufferWriter<byte> output, string text) => Write(output, ExternalCommand.Message, 0, (ref MessagePackWriter w) =>
    {
        w.MapHeader(2);
        w.Unsigned(1);
        w.Unsigned(InformationKind);
        w.Unsigned(2);
        w.Text(Cut(text));
    });

    /// <summary>The end of the connection. The zero behind the text ends it for servers that print it as a C string (all up to 2025-09).</summary>
    public void Shutdown(IBufferWriter<byte> output, string reason) => Write(output, ExternalCommand.Shutdown, 0, (ref MessagePackWriter w) =>
    {
        w.MapHeader(1);
        w.Unsigned(1);
        w.Text(Cut(reason) + "\0");
    });

    /// <summary>The answer to a ping.</summary>
    public static void Pong(IBufferWriter<byte> output, uint sequence)
    {
        ExternalFrame.WriteHeader(output.GetSpan(ExternalFrame.HeaderLength), ExternalCommand.Pong, 0, sequence, 0);
        output.Advance(ExternalFrame.HeaderLength);
    }

    /// <summary>A packet: radiotap header and frame. Allocates nothing. A frame longer than one may be is cut, which its length on the air tells the server.</summary>
    /// <returns>Bytes written.</returns>
    public int Packet(Span<byte> destination, in RemotePacket packet)
    {
        MessagePackWriter w = new(destination[ExternalFrame.HeaderLength..]);
        w.MapHeader(packet.Position is null ? 1 : 2);
        if (packet.Position is { } position)
        {
            w.Unsigned(1);
            w.MapHeader(8);
            w.Unsigned(1);
            w.Double(position.Latitude);
            w.Unsigned(2);
            w.Double(position.Longitude);
            w.Unsigned(3);
            w.Single((float)position.AltitudeM);
            w.Unsigned(4);
            w.Unsigned((ulong)Math.Clamp(position.Fix, 0, 3));
            w.Unsigned(5);
            w.Single((float)position.Speed);
            w.Unsigned(6);
            w.Single((float)position.Heading);
            w.Unsigned(8);
            w.Unsigned(packet.Seconds);
            w.Unsigned(9);
            w.Unsigned(packet.Microseconds);
        }

        w.Unsigned(4);
        w.MapHeader(5);
        w.Unsigned(1);
        w.Unsigned(RadiotapLinkType);
        w.Unsigned(2);
        w.Unsigned(packet.Seconds);
        w.Unsigned(3);
        w.Unsigned(packet.Microseconds);
        w.Unsigned(4);
        w.Unsigned((ulong)packet.OriginalLength);
        w.Unsigned(6);

        // Type and length of the bytes take three.
        int room = ExternalFrame.MaxLength - ExternalFrame.HeaderLength - w.Length - 3;
        ReadOnlySpan<byte> frame = packet.Frame;
        w.Bytes(packet.Header, frame.Length > room - packet.Header.Length ? frame[..(room - packet.Header.Length)] : frame);
        ExternalFrame.WriteHeader(destination, ExternalCommand.Packet, 0, Next(), w.Length);
        return ExternalFrame.HeaderLength + w.Length;
    }

    private static string Cut(string text) => text.Length > MaxText ? text[..MaxText] : text;

    private uint Next() => ++_sequence == 0 ? ++_sequence : _sequence;

    private void Write(IBufferWriter<byte> output, ExternalCommand command, ushort code, Content content)
    {
        // Texts are cut, so that this is room enough for any of them.
        Span<byte> destination = output.GetSpan(8 * 1024);
        MessagePackWriter writer = new(destination[ExternalFrame.HeaderLength..]);
        content(ref writer);
        ExternalFrame.WriteHeader(destination, command, code, Next(), writer.Length);
        output.Advance(ExternalFrame.HeaderLength + writer.Length);
    }
}
