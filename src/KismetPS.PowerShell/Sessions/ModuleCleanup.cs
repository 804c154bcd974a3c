using System.Management.Automation;

namespace KismetPS.PowerShell.Sessions;

/// <summary>Remove-Module releases every socket and file of the runspace it is called in.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => RunspaceSessions.Close();
}
