using System.Management.Automation;
using KismetPS.Capture.Tzsp;

namespace KismetPS.PowerShell.Commands;

/// <summary>ConvertTo-TzspPacket: a TZSP packet to its bytes, one array per packet.</summary>
[Cmdlet(VerbsData.ConvertTo, "TzspPacket", DefaultParameterSetName = BytesSet)]
[OutputType(typeof(byte[]), ParameterSetName = [BytesSet])]
[OutputType(typeof(string), ParameterSetName = [HexSet])]
public sealed class ConvertToTzspPacketCommand : KismetCmdlet
{
    private const string BytesSet = "Bytes";
    private const string HexSet = "Hex";

    /// <summary>Packets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TzspPacket[] InputObject { get; set; } = [];

    /// <summary>Writes hexadecimal text instead.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HexSet)]
    public SwitchParameter AsHex { get; set; }

    private protected override void Process()
    {
        foreach (TzspPacket packet in InputObject)
        {
            byte[] message = TzspCodec.Encode(packet);
            WriteObject(AsHex ? Convert.ToHexString(message) : message, enumerateCollection: false);
        }
    }
}
