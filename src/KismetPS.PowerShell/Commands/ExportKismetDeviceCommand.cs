using System.Management.Automation;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Export-KismetDevice: writes devices to a file, whole or not at all.</summary>
[Cmdlet(VerbsData.Export, "KismetDevice", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(void))]
public sealed class ExportKismetDeviceCommand : WriteFileCommand
{
    private DeviceFileWriter? _writer;

    /// <summary>Devices.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public KismetDevice[] InputObject { get; set; } = [];

    /// <summary>Format; by the extension where not given.</summary>
    [Parameter]
    public DeviceFileFormat? Format { get; set; }

    /// <summary>Adds to the file (Csv, JsonLines).</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Replaces a read-only file too; appends to a CSV with other columns.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string Action => Append ? "Append devices" : "Export devices";

    private protected override void Open() => _writer = DeviceFileWriter.Open(File, Format, Append, NoClobber, Force);

    private protected override void Process()
    {
        if (_writer is not null)
        {
            foreach (KismetDevice device in InputObject)
            {
                _writer.Write(device);
            }
        }
    }

    private protected override void End()
    {
        if (_writer is not null)
        {
            _writer.Complete();
            WriteVerbose($"{_writer.Count} devices written to {File}.");
        }
    }

    private protected override void Release() => _writer?.Dispose();
}
