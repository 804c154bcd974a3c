using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Export.Reports;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Export-KismetReport: writes one HTML file that shows devices, networks, channels, signal, sensors and alerts.</summary>
[Cmdlet(VerbsData.Export, "KismetReport", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKismetReportCommand : WriteFileCommand
{
    private readonly ReportContent _content = new();
    private ReportFile? _file;
    private bool _given;
    private bool _missingTold;

    /// <summary>Devices, networks, alerts, statistics, or sessions.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[]? InputObject { get; set; }

    /// <summary>Sessions, as objects, numbers or names; all of this runspace where nothing is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNullOrEmpty]
    public KismetSessionReference[]? Session { get; set; }

    /// <summary>Title of the report.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = new ReportOptions().Title;

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Export report";

    private protected override void Open()
    {
        _file = ReportFile.Open(File, NoClobber, Force);
        _given = MyInvocation.ExpectingInput || Session is not null;
        Add(Session is null ? [] : SessionSearch.Knowing(Sessions, Session, (failure, target) =>
        {
            _missingTold = true;
            Report(failure, target);
        }));
    }

    private protected override void Process()
    {
        if (_file is null)
        {
            return;
        }

        foreach (PSObject item in InputObject ?? [])
        {
            StopToken.ThrowIfCancellationRequested();
            _given = true;
            Add(item);
        }
    }

    private protected override void End()
    {
        if (_file is null)
        {
            return;
        }

        if (!_given)
        {
            Add(SessionSearch.Knowing(Sessions, null, Report));
        }

        if (_content.IsEmpty)
        {
            if (_missingTold)
            {
                return;
            }

            throw new KismetException(KismetErrorId.SessionNotFound, "There is nothing to report on.", "Give devices or sessions, or start a session first: Start-TzspListener.");
        }

        _file.Complete(_content, new ReportOptions { Title = Title });
        WriteVerbose($"{_content.Devices.Count} devices reported in {File}.");
        if (PassThru)
        {
            WriteObject(InvokeProvider.Item.Get([File], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    private protected override void Release() => _file?.Dispose();

    private void Add(IEnumerable<DeviceSession> sessions)
    {
        foreach (DeviceSession session in sessions)
        {
            _content.Add(session);
        }
    }

    private void Add(PSObject item)
    {
        switch (item.BaseObject)
        {
            case DeviceSession session:
                _content.Add(session);
                break;
            case KismetNetwork network:
                _content.Add(network);
                break;
            case KismetAlert alert:
                _content.Add(alert);
                break;
            case KismetStatistic statistic:
                _content.Add(statistic);
                break;
            case KismetDeviceChange change:
                _content.Add(change.Device);
                break;
            default:
                AddDevice(item);
                break;
        }
    }

    private void AddDevice(PSObject item)
    {
        if (LanguagePrimitives.TryConvertTo(item, out KismetDevice device))
        {
            _content.Add(device);
        }
        else
        {
            Report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no device, network, alert, statistic or session.", "Get-KismetDevice and Import-KismetCapture give devices."), item);
        }
    }
}
