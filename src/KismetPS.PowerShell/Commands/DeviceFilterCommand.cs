using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Completion;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.PowerShell.Commands;

/// <summary>Conditions on devices and networks; every one given must hold.</summary>
public abstract class DeviceFilterCommand : SessionReaderCommand
{
    private protected DeviceFilterCommand()
    {
    }

    /// <summary>These kinds of devices.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public KismetDeviceType[]? Type { get; set; }

    /// <summary>Names of networks advertised, used or probed for; wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SsidCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Ssid { get; set; }

    /// <summary>Vendors; wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Vendor { get; set; }

    /// <summary>Channels.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? Channel { get; set; }

    /// <summary>At least this strong, dBm.</summary>
    [Parameter]
    [Alias("MinSignalDbm")]
    [ValidateRange(-128, 30)]
    public int? MinSignal { get; set; }

    /// <summary>Any of these protections.</summary>
    [Parameter]
    public WirelessEncryption Encryption { get; set; }

    /// <summary>Heard at or after this time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>The addresses asked for: null where none were, empty where an object of the pipeline has none.</summary>
    private protected abstract MacAddress[]? Addresses { get; }

    /// <summary>Whether anything but an address was asked for, so that an address that is not found may just not fit.</summary>
    private protected bool IsNarrowed =>
        Type is not null || Ssid is not null || Vendor is not null || Channel is not null || MinSignal is not null || Encryption != WirelessEncryption.Unknown || Since is not null;

    private protected override void Begin()
    {
        // Bound before the pipeline runs, so somebody wrote it: a variable that is empty, not a device without a network.
        if (Addresses is { Length: 0 })
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "The address is empty.", "Give an address such as 00:0C:42:00:00:01, or leave the parameter out.");
        }
    }

    private protected DeviceFilter Filter(int first = 0) => new()
    {
        Addresses = Addresses ?? [],
        Types = Type ?? [],
        Ssid = Wildcards.Match(Ssid),
        Vendor = Wildcards.Match(Vendor),
        Channels = Channel ?? [],
        MinSignalDbm = MinSignal,
        Encryption = Encryption,
        Since = Since,
        First = first,
    };
}
