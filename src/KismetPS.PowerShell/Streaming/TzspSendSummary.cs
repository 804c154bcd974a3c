using System.Globalization;
using System.Management.Automation;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Model;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Says what was sent, and warns of what was not.</summary>
internal static class TzspSendSummary
{
    public static TzspSendResult Write(Cmdlet cmdlet, TzspSender sender, TimeSpan duration)
    {
        if (sender.Skipped > 0)
        {
            cmdlet.WriteWarning($"{sender.Skipped} packets were not sent: TZSP has no encapsulation for them.");
        }

        if (sender.Refused > 0)
        {
            cmdlet.WriteWarning($"{sender.Refused} refusals: nothing seems to listen on {sender.EndPoint}.");
        }

        var result = new TzspSendResult { EndPoint = sender.EndPoint, Sent = sender.Sent, Refused = sender.Refused, Skipped = sender.Skipped, Duration = duration };
        cmdlet.WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{result}, {result.Rate:F0} per second."));
        return result;
    }
}
