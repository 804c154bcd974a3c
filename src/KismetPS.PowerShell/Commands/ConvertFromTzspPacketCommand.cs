using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Input;

namespace KismetPS.PowerShell.Commands;

/// <summary>ConvertFrom-TzspPacket: bytes of a TZSP message to an object with its tags.</summary>
[Cmdlet(VerbsData.ConvertFrom, "TzspPacket")]
[OutputType(typeof(TzspPacket))]
public sealed class ConvertFromTzspPacketCommand : KismetCmdlet
{
    private readonly ByteCollector _bytes = new();

    /// <summary>One message (the payload of a datagram) as bytes or hexadecimal text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [HexBytes]
    [ValidateNotNullOrEmpty]
    public byte[] InputObject { get; set; } = [];

    private protected override void Process() => Decode(_bytes.Add(InputObject));

    private protected override void End() => Decode(_bytes.End());

    private void Decode(IEnumerable<byte[]> messages)
    {
        foreach (byte[] message in messages)
        {
            if (TzspCodec.TryDecode(message, sensor: null, DateTimeOffset.UtcNow, out TzspPacket? packet, out SourceDropReason reason))
            {
                WriteObject(packet);
            }
            else
            {
                Report(new KismetException(KismetErrorId.TzspInvalid, $"The {message.Length} bytes are no TZSP message ({reason}).", "A message begins with 01, a type (00 to 05) and two bytes of encapsulation."), message);
            }
        }
    }
}
