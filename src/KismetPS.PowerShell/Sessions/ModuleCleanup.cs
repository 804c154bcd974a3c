using System.Management.Automation;

namespace KismetPS.PowerShell.Sessions;

/// <summary>Remove-Module releases every socket and file of the runspace it is called in.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        IReadOnlyList<string> last = RunspaceSessions.Close();
        if (last.Count > 0)
        {
            // No command of ours comes after this one, and Remove-Module is none.
            ScriptBlock.Create("$args | Write-Warning").Invoke([.. last]);
        }
    }
}
