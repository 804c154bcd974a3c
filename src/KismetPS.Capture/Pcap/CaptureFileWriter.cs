using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Writes frames to pcapng or pcap, radio facts as radiotap, the origin as an interface; rolls by size and time. One thread at a time.
/// </summary>
/// <remarks>
/// <para>pcapng: one interface per origin and link type; a bare 802.11 frame with radio facts gets a radiotap header, all else stays as it came.
/// pcap has one link type, radiotap: AVS, Prism and PPI headers are turned into it, what is no 802.11 is left out (<see cref="Skipped"/>).</para>
/// <para>A file that rolls is named <c>NAME_00001_20260101T000000.pcapng</c>: running number, then the UTC time it was begun. Its age is counted in
/// packet time. Only files written by this object are ever deleted (<see cref="FileRolling.MaxFiles"/>).</para>
/// <para>What is written goes through a buffer of one megabyte of whole records: where the disk fills up, the file ends with the last record that fitted.</para>
/// </remarks>
internal sealed class CaptureFileWriter : IDisposable
{
    private readonly string _path;
    private readonly CaptureWriterOptions _options;
    private readonly FileRolling _rolling;
    private readonly TimeProvider _time;
    private readonly Dictionary<(FrameOrigin Origin, LinkType Link), WrittenInterface> _interfaces = [];
    private readonly Queue<string> _written = new();
    private readonly byte[] _radiotap = new byte[RadiotapWriter.MaxLength];
    private CaptureOutput _output;
    private int _interfaceCount;
    private int _fileNumber;
    private long _filePackets;
    private long _fileStartNs;

    /// <summary>Creates the (first) file. Throws <see cref="KismetException"/>.</summary>
    public CaptureFileWriter(string path, CaptureWriterOptions options, TimeProvider? time = null)
    {
        _path = path;
        _options = options;
        _time = time ?? TimeProvider.System;
        _rolling = options.Rolling;
        _rolling.Check();
        Path = path;
        _output = Begin();
    }

    /// <summary>The file being written now.</summary>
    public string Path { get; private set; }

    /// <summary>Packets written, those in the buffer counted.</summary>
    public long Packets { get; private set; }

    /// <summary>Packets the format has no place for: pcap and no 802.11, a link type without number, a radio header that cannot be read.</summary>
    public long Skipped { get; private set; }

    /// <summary>Files begun.</summary>
    public int Files => _fileNumber;

    /// <summary>Writes one packet as a source delivered it. Throws <see cref="KismetException"/> where the disk fails.</summary>
    public void Write(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        bool ng = _options.Format == CaptureFormat.PcapNg;
        LinkType link = info.LinkType;

        // pcapng keeps every kind of header; a bare frame needs one where there is something to say in it.
        bool convert = !ng || (link == LinkType.Ieee80211 && (info.Radio.Fields != RadioFields.None || info.Radio.Fcs is FcsState.Present or FcsState.PresentBad or FcsState.AbsentBad));
        if (!convert && (int)link is < 0 or > ushort.MaxValue)
        {
            Skipped++;
            return;
        }

        WrittenInterface face = InterfaceOf(info.Origin, convert ? LinkType.Radiotap : link);
        RadiotapForm form;
        if (!convert)
        {
            form = RadiotapForm.AsItCame(packet, info);
        }
        else if (!RadiotapForm.TryConvert(packet, info, face.Fcs, _radiotap, out form))
        {
            Skipped++;
            return;
        }

        ReadOnlySpan<byte> header = form.Header;
        ReadOnlySpan<byte> frame = form.Frame;
        int missing = form.Missing;
        int room = CaptureReader.MaxPacketBytes - header.Length;
        if (frame.Length > room)
        {
            missing += frame.Length - room;
            frame = frame[..room];
        }

        RollIfDue(header.Length + frame.Length, info.TimestampNs);
        if (ng)
        {
            if (face.File != _fileNumber)
            {
                face.Number = _interfaceCount++;
                face.File = _fileNumber;
                PcapNgFormat.WriteInterface(_output, face.Origin, face.Link);
            }

            PcapNgFormat.WritePacket(_output, face.Number, info.TimestampNs, header, frame, missing);
        }
        else
        {
            PcapFormat.WritePacket(_output, info.TimestampNs, header, frame, missing);
        }

        if (_filePackets++ == 0)
        {
            _fileStartNs = info.TimestampNs;
        }

        Packets++;
    }

    /// <summary>Writes out what is buffered. Throws <see cref="KismetException"/> where the disk fails.</summary>
    public void Flush() => _output.Flush();

    /// <summary>Writes out what is buffered and closes the file. Throws <see cref="KismetException"/> where that fails and no call before it said so.</summary>
    public void Dispose() => _output.Dispose();

    private void RollIfDue(int bytes, long timestampNs)
    {
        if (_filePackets == 0 || !_rolling.Rolls)
        {
            return;
        }

        bool full = _rolling.MaxBytes > 0 && _output.Length + bytes + PcapNgFormat.PacketOverhead > _rolling.MaxBytes;
        bool old = _rolling.MaxAge > TimeSpan.Zero && timestampNs - _fileStartNs >= _rolling.MaxAge.Ticks * 100;
        if (!full && !old)
        {
            return;
        }

        _output.Dispose();
        _output = Begin();
        while (_rolling.MaxFiles > 0 && _written.Count > _rolling.MaxFiles)
        {
            Delete(_written.Dequeue());
        }
    }

    private CaptureOutput Begin()
    {
        _fileNumber++;
        _filePackets = 0;
        _interfaceCount = 0;
        if (_rolling.Rolls)
        {
            Path = FileRolling.Name(_path, System.IO.Path.GetExtension(_path), _fileNumber, _time.GetUtcNow());
        }

        var output = new CaptureOutput(Path, _options.NoClobber);
        _written.Enqueue(Path);
        if (_options.Format == CaptureFormat.PcapNg)
        {
            PcapNgFormat.WriteSection(output);
        }
        else
        {
            PcapFormat.WriteFileHeader(output, LinkType.Radiotap);
        }

        return output;
    }

    private WrittenInterface InterfaceOf(FrameOrigin origin, LinkType link)
    {
        if (!_interfaces.TryGetValue((origin, link), out WrittenInterface? face))
        {
            face = new WrittenInterface(origin, link);
            _interfaces.Add((origin, link), face);
        }

        return face;
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Open elsewhere: it stays, and is not ours any more.
        }
    }

    /// <summary>An interface of the output: its number in the current file.</summary>
    private sealed class WrittenInterface(FrameOrigin origin, LinkType link)
    {
        public FrameOrigin Origin { get; } = origin;

        public LinkType Link { get; } = link;

        public FcsDetector Fcs { get; } = new();

        public int Number { get; set; }

        public int File { get; set; }
    }
}
