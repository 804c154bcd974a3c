using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Picks sessions of one kind by object, number or name.</summary>
/// <typeparam name="TSession">Type of session.</typeparam>
public abstract class SessionTargetCommand<TSession> : KismetCmdlet
    where TSession : KismetSession
{
    private protected const string ObjectSet = "InputObject";
    private protected const string IdSet = "Id";
    private protected const string NameSet = "Name";
    private protected const string KindSet = "Kind";

    private protected SessionTargetCommand()
    {
    }

    /// <summary>Sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public KismetSession[] InputObject { get; set; } = [];

    /// <summary>Numbers of sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(SessionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>Names of sessions, wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The sessions meant by this record; what is not found is an error of its own.</summary>
    private protected virtual IReadOnlyList<TSession> Selected()
    {
        List<TSession> found = [];
        if (ParameterSetName == ObjectSet)
        {
            foreach (KismetSession session in InputObject)
            {
                Collect(found, [session], session, session.Name);
            }

            return found;
        }

        if (ParameterSetName == IdSet)
        {
            foreach (int id in Id)
            {
                Collect(found, SessionSearch.ById(Sessions, id), id, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        else
        {
            foreach (string name in Name)
            {
                Collect(found, SessionSearch.ByName(Sessions, name), name, name);
            }
        }

        return found;
    }

    private void Collect(List<TSession> into, List<KismetSession> found, object target, string text)
    {
        TSession[] fitting = [.. found.OfType<TSession>()];
        into.AddRange(fitting);
        if (fitting.Length == 0 && !Wildcards.IsPattern(text))
        {
            Report(
                found.Count > 0
                    ? SessionSearch.OfOtherKind(found[0], $"{MyInvocation.MyCommand.Name} does not take; Stop-KismetSession takes sessions of any kind")
                    : SessionSearch.NotFound(text),
                target);
        }
    }
}
