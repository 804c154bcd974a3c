using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Export-KismetCapture: writes frames, TZSP packets or what a session hears to pcapng or pcap.</summary>
[Cmdlet(VerbsData.Export, "KismetCapture", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKismetCaptureCommand : WriteFileCommand
{
    private readonly FramePacket _packets = new();
    private readonly List<string> _files = [];
    private CaptureFileWriter? _writer;

    /// <summary>Frames, TZSP packets, or a session whose frames are written until it ends or a bound is reached.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Format; without it pcap for the extension .pcap, else pcapng.</summary>
    [Parameter]
    public CaptureFormat? Format { get; set; }

    /// <summary>Begins a new file after so many bytes.</summary>
    [Parameter]
    [ValidateRange(1024, long.MaxValue)]
    public long MaxFileSize { get; set; }

    /// <summary>Begins a new file after so much packet time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan MaxFileAge { get; set; }

    /// <summary>Keeps so many files, deleting the oldest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFile { get; set; }

    /// <summary>Sessions: ends after so many frames.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    /// <summary>Sessions: ends after this time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Duration { get; set; }

    /// <summary>Sessions: ends when nothing was received for this time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan IdleTimeout { get; set; }

    /// <summary>Returns the files written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Export capture";

    private protected override void Open() => _writer = new CaptureFileWriter(File, new CaptureWriterOptions
    {
        Format = Format ?? (File.EndsWith(".pcap", StringComparison.OrdinalIgnoreCase) ? CaptureFormat.Pcap : CaptureFormat.PcapNg),
        MaxFileBytes = MaxFileSize,
        MaxFileAge = MaxFileAge,
        MaxFiles = MaxFile,
        NoClobber = NoClobber,
    });

    private protected override void Process()
    {
        if (_writer is null)
        {
            return;
        }

        switch (InputObject.BaseObject)
        {
            case KismetFrame frame:
                Write(_packets.From(frame, out FrameInfo frameInfo), frameInfo);
                break;
            case TzspPacket packet:
                Write(_packets.From(packet, out FrameInfo packetInfo), packetInfo);
                break;
            case CaptureSession session:
                var limits = new StreamLimits { Count = Count, Duration = Duration, IdleTimeout = IdleTimeout };
                new SessionRecorder(this, limits).Run(session, Write, StopToken);
                break;
            default:
                Report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no frame, TZSP packet or session.", "Import-KismetCapture -Emit Frame and Start-TzspListener -Emit Frame give frames."), InputObject);
                break;
        }
    }

    private protected override void End()
    {
        if (_writer is null)
        {
            return;
        }

        _writer.Flush();
        WriteVerbose($"{_writer.Packets} packets written to {File}.");
        Release();
        if (PassThru)
        {
            WriteObject(_files.Where(System.IO.File.Exists).Select(static f => new FileInfo(f)), enumerateCollection: true);
        }
    }

    private protected override void Release() => _writer?.Dispose();

    private void Write(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        _writer!.Write(packet, in info);
        if (_files.Count == 0 || _files[^1] != _writer.Path)
        {
            _files.Add(_writer.Path);
        }
    }
}
