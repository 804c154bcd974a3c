using System.Buffers;
using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Kismet.Drones;

/// <summary>Our frames and their sources as messages of one drone protocol. No I/O; allocates nothing per frame.</summary>
internal sealed class DroneEncoder(DroneProtocol protocol)
{
    private const int FcsLength = 4;

    /// <summary>A newcore server keeps no more of a frame (MAX_PACKET_LEN of 2016-07), and its read buffer of 16 KiB must hold a whole message.</summary>
    private const int MaxNewcoreData = 8192;

    private const int SourceText = 15;
    private const int StableText = 31;
    private const int ErrorFlag = 4;

    private static readonly byte[] s_noName = "-"u8.ToArray();
    private static readonly string s_release = $"KismetPS-{typeof(DroneEncoder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    private readonly byte[] _unpadded = new byte[MaxNewcoreData + FcsLength];
    private readonly byte[] _wrongFcs = new byte[FcsLength];

    /// <summary>Writes what a server is told first.</summary>
    public void WriteHello(IBufferWriter<byte> output, string name, bool hasGps)
    {
        if (protocol == DroneProtocol.Stable)
        {
            StableDrone.WriteHello(output, hasGps);
        }
        else
        {
            NewcoreDrone.WriteHello(output, s_release, Token(name, StableText));
        }
    }

    /// <summary>Writes a source, and the channel it is on where that is known. Nothing in stable, where each frame names its source.</summary>
    public void WriteSource(IBufferWriter<byte> output, DroneServedSource source, in RadioInfo radio)
    {
        if (protocol == DroneProtocol.Stable)
        {
            return;
        }

        NewcoreDrone.WriteSource(output, new DroneSource(source.Id, false, Token(source.Name, SourceText), Token(source.Interface, SourceText), Token(source.Type, SourceText), false, 0, 0));
        if (radio.Has(RadioFields.Channel))
        {
            NewcoreDrone.WriteChannelSet(output, new DroneChannelSet(source.Id, DroneChannelCommand.Report, radio.Channel, false, [new DroneChannel(radio.Channel, radio.Channel, 0, 0, 0)], 0, 0));
        }
    }

    /// <summary>Writes the sign of life, where the protocol has one.</summary>
    public void WriteKeepAlive(IBufferWriter<byte> output)
    {
        if (protocol == DroneProtocol.Newcore)
        {
            NewcoreDrone.WriteNull(output);
        }
    }

    /// <summary>Writes a frame message without a frame, where the protocol has one.</summary>
    public void WriteEmpty(IBufferWriter<byte> output)
    {
        if (protocol == DroneProtocol.Newcore)
        {
            NewcoreDrone.TryWritePacket(output, default);
        }
    }

    /// <summary>Writes the reason for closing the connection, where the protocol has a way.</summary>
    public void WriteRefusal(IBufferWriter<byte> output, string why)
    {
        if (protocol == DroneProtocol.Newcore)
        {
            NewcoreDrone.WriteText(output, ErrorFlag, Encoding.ASCII.GetBytes(why));
        }
    }

    /// <summary>Writes a frame; false, and nothing written, for what is no 802.11 frame or longer than a server takes.</summary>
    public bool TryWriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> packet, in FrameInfo info, DroneServedSource source)
    {
        RadioInfo radio = info.Radio;
        if (RadioHeader.TryRead(packet, info.LinkType, ref radio, out int header) != DecodeStatus.Ok)
        {
            return false;
        }

        ReadOnlySpan<byte> frame = packet[header..];
        ReadOnlySpan<byte> fcs = default;
        bool whole = info.OriginalLength <= packet.Length;
        if (radio.Fcs is FcsState.Present or FcsState.PresentBad && frame.Length > FcsLength && whole)
        {
            fcs = frame[^FcsLength..];
            frame = frame[..^FcsLength];
        }

        bool damaged = radio.Fcs is FcsState.PresentBad or FcsState.AbsentBad || (!fcs.IsEmpty && !FcsDetector.EndsInFcs(packet[header..]));
        if (radio.DataPad)
        {
            if (frame.Length > MaxNewcoreData)
            {
                return false;
            }

            frame = Unpad(frame, out bool changed);
            fcs = changed ? default : fcs;
        }

        if (damaged && fcs.IsEmpty && protocol == DroneProtocol.Newcore)
        {
            // Newcore tells damage by the FCS alone: one that is wrong stands for the one that was cut off.
            BinaryPrimitives.WriteUInt32LittleEndian(_wrongFcs, ~Crc32.Compute(frame));
            fcs = _wrongFcs;
        }

        DronePacket message = new()
        {
            Data = frame,
            LinkType = (uint)LinkType.Ieee80211,
            Seconds = (ulong)Math.Max(0, info.TimestampNs / 1_000_000_000),
            Microseconds = (ulong)Math.Max(0, info.TimestampNs % 1_000_000_000 / 1000),
            Radio = DroneRadioFacts.Write(radio, protocol),
            Position = PositionOf(info.Origin.Position),
            Fcs = fcs,
            SourceId = source.Id,
            SourceName = source.StableName,
            IsDamaged = damaged,
        };
        return protocol == DroneProtocol.Stable
            ? StableDrone.TryWritePacket(output, message)
            : !frame.IsEmpty && frame.Length <= MaxNewcoreData && NewcoreDrone.TryWritePacket(output, message);
    }

    /// <summary>
    /// Text as the old servers can read it: they take the first word of it only and put it into a line of options (name=value,name=value), so all else
    /// becomes an underscore; an empty text would be read as whatever lay in memory.
    /// </summary>
    internal static string Token(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "-";
        }

        return string.Create(Math.Min(text.Length, most), text, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is '.' or '-' ? from[i] : '_';
            }
        });
    }

    /// <summary>The bytes of a source's name in the stable protocol.</summary>
    internal static byte[] StableName(string? name) => string.IsNullOrWhiteSpace(name) ? s_noName : Encoding.ASCII.GetBytes(Token(name, StableText));

    /// <summary>An identity for a source that has none, the same each time the same source is served: a UUID made from its name (RFC 9562 5.8).</summary>
    internal static Guid IdOf(string endPoint, string origin)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{endPoint}\n{origin}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Takes out the bytes that fill the MAC header up to a multiple of four: only a radiotap header can tell of them.</summary>
    private ReadOnlySpan<byte> Unpad(ReadOnlySpan<byte> frame, out bool changed)
    {
        FrameFacts facts = default;
        changed = false;
        if (FrameDecoder.DecodeFrame(frame, dataPad: false, ref facts) != DecodeStatus.Ok || (facts.HeaderLength & 3) == 0 || facts.Type != FrameType.Data)
        {
            return frame;
        }

        int header = facts.HeaderLength;
        int body = Math.Min((header + 3) & ~3, frame.Length);
        frame[..header].CopyTo(_unpadded);
        frame[body..].CopyTo(_unpadded.AsSpan(header));
        changed = true;
        return _unpadded.AsSpan(0, header + frame.Length - body);
    }

    private DronePosition? PositionOf(GeoPosition? position) => position is null ? null : new DronePosition(
        position.Fix, position.Latitude, position.Longitude, protocol == DroneProtocol.Stable ? position.AltitudeM / StableDrone.FootM : position.AltitudeM, position.Speed, position.Heading);
}
