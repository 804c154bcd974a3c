using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Kismet;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Export-KismetCapture: writes frames, TZSP packets or what a session hears to pcapng or pcap, or sends the frames of sessions to a Kismet server.</summary>
[Cmdlet(VerbsData.Export, "KismetCapture", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo), ParameterSetName = [PathSet, LiteralPathSet])]
[OutputType(typeof(KismetCaptureExport), ParameterSetName = [NetworkSet, UriSet])]
public sealed partial class ExportKismetCaptureCommand : RollingFileCommand, IStreamBounds
{
    private readonly FramePacket _packets = new();
    private readonly List<string> _files = [];
    private CaptureFileWriter? _writer;
    private ObjectLimits _limits = null!;

    /// <summary>Frames, TZSP packets, or a session whose frames are written until it ends or a bound is reached; with -ComputerName or -Uri sessions only.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Format; without it pcap for the extension .pcap, else pcapng.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public CaptureFormat? Format { get; set; }

    /// <inheritdoc cref="IStreamBounds.Count"/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    /// <inheritdoc cref="IStreamBounds.Duration"/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Duration]
    public TimeSpan Duration { get; set; }

    /// <inheritdoc cref="IStreamBounds.IdleTimeout"/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Duration]
    public TimeSpan IdleTimeout { get; set; }

    private protected override string Action => "Export capture";

    private protected override void Open()
    {
        _writer = new CaptureFileWriter(File, new CaptureWriterOptions
        {
            Format = Format ?? (File.EndsWith(".pcap", StringComparison.OrdinalIgnoreCase) ? CaptureFormat.Pcap : CaptureFormat.PcapNg),
            Rolling = Rolling,
            NoClobber = NoClobber,
        });
        _files.Add(_writer.Path);
        _limits = new ObjectLimits(StreamLimits.Of(this));
    }

    private protected override void Begin()
    {
        if (ParameterSetName is NetworkSet or UriSet)
        {
            BeginNetwork();
        }
        else
        {
            base.Begin();
        }
    }

    private protected override void Process()
    {
        if (_server is not null)
        {
            AddToNetwork();
            return;
        }

        if (_writer is null)
        {
            return;
        }

        switch (InputObject.BaseObject)
        {
            case KismetFrame frame:
                WriteBounded(_packets.From(frame, out FrameInfo frameInfo), frameInfo);
                break;
            case TzspPacket packet:
                WriteBounded(_packets.From(packet, out FrameInfo packetInfo), packetInfo);
                break;
            case CaptureSession session:
                new SessionRecorder(this, StreamLimits.Of(this)).Run(session, Write, StopToken);
                break;
            default:
                Report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no frame, TZSP packet or session.", "Import-KismetCapture -Emit Frame and Start-TzspListener -Emit Frame give frames."), InputObject);
                break;
        }
    }

    private protected override void End()
    {
        Finish();
        EndNetwork();
    }

    private protected override void Release()
    {
        _writer?.Dispose();
        _waited?.StopAsync();
    }

    private void WriteBounded(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        bool late = _limits.IsOver();
        if (!late)
        {
            Write(packet, in info);
        }

        if (late || _limits.IsFull(_writer!.Packets))
        {
            Finish();
            PipelineEnd.Throw(this);
        }
    }

    // Once: at the end of the pipeline, or at a bound.
    private void Finish()
    {
        if (_writer is not { } writer)
        {
            return;
        }

        writer.Flush();
        writer.Dispose();
        _writer = null;
        WriteVerbose($"{writer.Packets} packets written to {File}.");
        if (PassThru)
        {
            // As Get-Item gives them: the file system's view needs the properties that its provider adds.
            string[] written = [.. _files.Where(System.IO.File.Exists)];
            WriteObject(InvokeProvider.Item.Get(written, force: true, literalPath: true), enumerateCollection: true);
        }
    }

    private void Write(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        _writer!.Write(packet, in info);
        if (_files[^1] != _writer.Path)
        {
            _files.Add(_writer.Path);
        }
    }
}
