using System.Management.Automation;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetSession: the sessions of this runspace, running and ended.</summary>
[Cmdlet(VerbsCommon.Get, "KismetSession", DefaultParameterSetName = NameSet)]
[OutputType(typeof(KismetSession))]
public sealed class GetKismetSessionCommand : KismetCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Numbers.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("SessionId")]
    [ArgumentCompleter(typeof(SessionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>Only these kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public KismetSessionKind[]? Kind { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (int id in Id)
            {
                Write(SessionSearch.ById(Sessions, id), id, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            return;
        }

        foreach (string name in Name ?? ["*"])
        {
            Write(SessionSearch.ByName(Sessions, name), name, name);
        }
    }

    // A list of its own, so that Get-KismetSession | Stop-KismetSession -Remove does not change what it walks.
    private void Write(List<KismetSession> found, object target, string text)
    {
        if (found.Count == 0 && !Wildcards.IsPattern(text))
        {
            Report(SessionSearch.NotFound(text), target);
        }

        List<KismetSession> wanted = [.. found.Where(s => Kind is null || Kind.Contains(s.Kind))];
        foreach (KismetSession session in wanted)
        {
            // A session in the background cannot tell by itself.
            while (session.TryTakeWarning(out string? warning))
            {
                WriteWarning(warning);
            }
        }

        WriteObject(wanted, enumerateCollection: true);
    }
}
