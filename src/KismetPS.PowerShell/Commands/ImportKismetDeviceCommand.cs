using System.Management.Automation;
using KismetPS.Export.Formats;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Import-KismetDevice: reads devices from files that Export-KismetDevice wrote.</summary>
[Cmdlet(VerbsData.Import, "KismetDevice", DefaultParameterSetName = PathSet)]
[OutputType(typeof(KismetDevice))]
public sealed class ImportKismetDeviceCommand : ReadFileCommand
{
    /// <summary>Format of the files; by their extension where not given.</summary>
    [Parameter]
    public DeviceFileFormat? Format { get; set; }

    private protected override void ReadFile(string path)
    {
        using DeviceFileReader reader = DeviceFileReader.Open(path, Format, e => Report(e, path));
        var progress = new ProgressMeter(this, $"Import {System.IO.Path.GetFileName(path)}");
        while (reader.TryRead(out KismetDevice? device))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(device);
            if (reader.Length > 0)
            {
                progress.Update((double)reader.Position / reader.Length, reader.Count, "devices");
            }
        }

        progress.Complete();
    }
}
