using System.Management.Automation;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Resolve-KismetVendor: whom a MAC address belongs to by the IEEE registry.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "KismetVendor")]
[OutputType(typeof(KismetVendor))]
public sealed class ResolveKismetVendorCommand : KismetCmdlet
{
    /// <summary>Addresses, in any usual notation.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Bssid")]
    [MacAddressInput]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    [ValidateNotNullOrEmpty]
    public MacAddress[] MacAddress { get; set; } = [];

    private protected override void Process()
    {
        foreach (MacAddress address in MacAddress)
        {
            WriteObject(KismetVendor.Of(address));
        }
    }
}
