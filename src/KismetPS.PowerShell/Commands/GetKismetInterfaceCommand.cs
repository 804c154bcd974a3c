using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Live;
using KismetPS.PowerShell.Completion;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetInterface: interfaces that can be captured from.</summary>
[Cmdlet(VerbsCommon.Get, "KismetInterface")]
[OutputType(typeof(KismetInterface))]
public sealed class GetKismetInterfaceCommand : KismetCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Interface")]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override void Process()
    {
        IReadOnlyList<KismetInterface> all = PcapLibrary.GetInterfaces();
        foreach (string pattern in Name ?? ["*"])
        {
            Predicate<string> matches = Wildcards.Match([pattern])!;
            KismetInterface[] found = [.. all.Where(i => matches(i.Name))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !Wildcards.IsPattern(pattern))
            {
                Report(new KismetException(KismetErrorId.InterfaceNotFound, $"There is no interface '{pattern}' to capture from.", "Get-KismetInterface without a name lists them."), pattern);
            }
        }
    }
}
