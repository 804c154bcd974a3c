using System.Management.Automation;
using System.Reflection;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Ends the commands upstream, as Select-Object -First does; those downstream go on to their end.</summary>
internal static class PipelineEnd
{
    // PowerShell keeps the exception that means this to itself (PowerShell/PowerShell#3821); it has been there since 3.0.
    private static readonly Type? s_type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException");

    /// <summary>
    /// Throws through the pipeline to its start; the End of this command is not called. Returns where this PowerShell has no such thing: what
    /// still comes must then be ignored.
    /// </summary>
    public static void Throw(Cmdlet cmdlet)
    {
        if (s_type is not null
            && Activator.CreateInstance(s_type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [cmdlet], null) is Exception stop)
        {
            throw stop;
        }
    }
}
