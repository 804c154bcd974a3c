using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.PowerShell.Completion;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetSource: capture sources of connected Kismet servers.</summary>
[Cmdlet(VerbsCommon.Get, "KismetSource")]
[OutputType(typeof(KismetSource))]
public sealed class GetKismetSourceCommand : SessionReaderCommand
{
    /// <summary>Names, interfaces or UUIDs; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override void Process()
    {
        Predicate<string>? matches = Wildcards.Match(Name);
        foreach (KismetConnection connection in Selected().OfType<KismetConnection>())
        {
            try
            {
                foreach (KismetSource source in connection.Link.GetSourcesAsync(StopToken).GetAwaiter().GetResult())
                {
                    if (matches is null || matches(source.Uuid) || matches(source.Name ?? string.Empty) || matches(source.Interface ?? string.Empty))
                    {
                        WriteObject(source);
                    }
                }
            }
            catch (KismetException e)
            {
                Report(e, connection);
            }
        }
    }
}
