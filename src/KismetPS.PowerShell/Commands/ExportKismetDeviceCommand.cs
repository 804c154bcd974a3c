using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Export;
using KismetPS.Export.Formats;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Export-KismetDevice: writes devices to a file, whole or not at all, or sends devices and what changes in sessions to a host.</summary>
[Cmdlet(VerbsData.Export, "KismetDevice", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo), ParameterSetName = [PathSet, LiteralPathSet])]
[OutputType(typeof(KismetExport), ParameterSetName = [NetworkSet])]
public sealed partial class ExportKismetDeviceCommand : RollingFileCommand
{
    private RollingDeviceWriter? _writer;
    private long _refused;

    /// <summary>Devices, changes of devices and networks; with -ComputerName also sessions.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Format; by the extension where not given.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public DeviceFileFormat? Format { get; set; }

    /// <summary>Adds to the file (Csv, JsonLines, Simple, WigleCsv).</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Append { get; set; }

    /// <summary>Replaces a read-only file too; appends to a CSV with other columns.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Force { get; set; }

    private protected override string Action => Append ? "Append devices" : "Export devices";

    private protected override void Open() => _writer = new RollingDeviceWriter(
        File, Format, Rolling, Append, NoClobber, Force, Written);

    private protected override void Begin()
    {
        if (ParameterSetName == NetworkSet)
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
        if (_network is not null)
        {
            foreach (PSObject item in InputObject)
            {
                _network.Add(item);
            }

            return;
        }

        if (_writer is null)
        {
            return;
        }

        // Taken as they come and turned into devices here: an object the binder refused would leave no trace, and End could not know.
        foreach (PSObject item in InputObject)
        {
            if (DeviceInput.TryGet(item, out KismetDevice device, out _))
            {
                _writer.Write(device);
            }
            else
            {
                _refused++;
                Report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no device.", "Get-KismetDevice, Get-KismetNetwork and Import-KismetCapture give what can be written."), item);
            }
        }
    }

    private protected override void End()
    {
        _network?.Complete(Wait);
        if (_writer is null)
        {
            return;
        }

        if (_refused > 0 && _writer.Count == 0)
        {
            WriteWarning($"None of the objects was a device: {File} is as it was.");
        }
        else
        {
            _writer.Complete();
            WriteVerbose($"{_writer.Count} devices written to {File}.");
            if (_writer.Skipped > 0)
            {
                WriteWarning($"{_writer.Skipped} devices are not in {File}: {_writer.Format} is for access points and ad-hoc networks only.");
            }
        }
    }

    private void Written(string path)
    {
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private protected override void Release()
    {
        _writer?.Dispose();
        _network?.Dispose();
    }
}
