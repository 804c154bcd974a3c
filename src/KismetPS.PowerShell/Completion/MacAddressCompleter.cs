using System.Globalization;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes MAC addresses of devices, whatever notation the user has begun.</summary>
public sealed class MacAddressCompleter : LiveCompleter
{
    private const int Digits = 2 * MacAddress.Size;

    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits)
    {
        // The digits typed are the beginning of a range of addresses, which the tables find without making an object of every device.
        string begun = string.Concat(word.Where(static c => c is not (':' or '-' or '.')));
        bool isBegun = begun.Length <= Digits && begun.All(char.IsAsciiHexDigit);
        var filter = new DeviceFilter { Range = isBegun ? (Address(begun, '0'), Address(begun, 'F')) : null };
        return Devices(filter).Select(d => new Candidate(d.MacAddress, ToolTip(d), IsChosen: isBegun));
    }

    private static MacAddress Address(string begun, char fill) => new(ulong.Parse(begun.PadRight(Digits, fill), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static string ToolTip(KismetDevice device) =>
        string.Join(' ', new[] { device.Type.ToString(), device.Ssid, device.Vendor }.Where(static t => !string.IsNullOrEmpty(t)));
}
