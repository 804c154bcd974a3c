using System.Text;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// What a text server told, in the tables of the session: one sentence in, the rows it is about changed. Under the gate of the tables throughout.
/// Nothing a server sends raises or grows without bound: what does not fit is counted by reason.
/// </summary>
internal sealed partial class TextWorld
{
    public const int MaxLinks = 64;
    public const int MaxSourcesPerDevice = 64;
    private const int MaxNamesPerDevice = 128;
    private const int MaxSsid = 1024;
    private const long LastSecond = 253_402_300_799;

    /// <summary>No facts.</summary>
    public static readonly HeardFacts Nothing;

    private readonly long[] _drops = new long[Enum.GetValues<TextDropReason>().Length];

    public TextWorld(RemoteTables tables)
    {
        Tables = tables;
        Server = new ServerFacts();
    }

    /// <summary>Where the rows are.</summary>
    public RemoteTables Tables { get; }

    /// <summary>Number of the session.</summary>
    public int SessionId => Tables.SessionId;

    /// <summary>Address and port of the server.</summary>
    public string EndPoint { get; set; } = "";

    /// <summary>The server's era.</summary>
    public TextEra Era { get; set; }

    /// <summary>What is known of the server itself.</summary>
    public ServerFacts Server { get; }

    /// <summary>Sentences that were made something of.</summary>
    public long Taken { get; private set; }

    /// <summary>How often something came to nothing for a reason.</summary>
    public long Dropped(TextDropReason reason) => Interlocked.Read(ref _drops[(int)reason]);

    /// <summary>Counts what came to nothing.</summary>
    public void Drop(TextDropReason reason) => Interlocked.Increment(ref _drops[(int)reason]);

    /// <summary>The device of an address, null if it is not known.</summary>
    public TextDeviceRow? Device(MacAddress address) => (TextDeviceRow?)Tables.FindDevice(address);

    /// <summary>A device has news, and with it its networks.</summary>
    public void Changed(TextDeviceRow device)
    {
        Tables.Changed(device);
        foreach (SsidFacts ssid in device.Bss?.Ssids ?? [])
        {
            if (ssid.Row is { } row)
            {
                Tables.Changed(row);
            }
        }
    }

    /// <summary>Text from the air as users see it: escapes undone, then what could act on a terminal escaped in one way. Stable's word for no name is none.</summary>
    public static string Text(ReadOnlySpan<byte> word)
    {
        word = word[..Math.Min(word.Length, MaxSsid)];
        if (word.SequenceEqual("<no ssid>"u8))
        {
            return "";
        }

        Span<byte> bytes = stackalloc byte[MaxSsid];
        return SsidText.ToDisplay(bytes[..MungedText.Decode(word, bytes)]);
    }

    /// <summary>A time in seconds; null for none.</summary>
    public static DateTimeOffset? Time(long seconds) => seconds is > 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Channel and its frequency; where a frequency was heard on that fits the channel, that one.</summary>
    public static (int? Channel, int? FrequencyMHz) ChannelOf(in HeardFacts facts)
    {
        int heard = facts.FrequencyMHz == 0 ? 0 : WirelessChannel.FromFrequency(facts.FrequencyMHz, out _);
        if (facts.Channel == 0 || facts.Channel == heard)
        {
            return heard == 0 ? (null, null) : (heard, facts.FrequencyMHz);
        }

        int mhz = WirelessChannel.FrequencyMHz(WirelessChannel.GuessBand(facts.Channel), facts.Channel);
        return (facts.Channel, mhz == 0 ? null : mhz);
    }

    /// <summary>Protection in today's terms.</summary>
    public SecurityFacts Security(ulong set)
    {
        CryptFacts facts = CryptFacts.Read((CryptSet)set, Era);
        return new SecurityFacts { Encryption = facts.Encryption, KeyManagement = facts.KeyManagement, PairwiseCiphers = facts.Ciphers };
    }

    /// <summary>Details of a protection.</summary>
    public static KismetSecurity Details(in SecurityFacts facts) => facts.Encryption == WirelessEncryption.Unknown
        ? KismetSecurity.Unknown
        : new KismetSecurity { Encryption = facts.Encryption, KeyManagement = facts.KeyManagement, PairwiseCiphers = facts.PairwiseCiphers, MfpRequired = facts.MfpRequired, MfpCapable = facts.MfpCapable, OweTransition = facts.OweTransition, Text = SecurityText.Of(facts) };

    /// <summary>Generation by the carriers seen; null where newcore's sum of their numbers may mean several things.</summary>
    public string? Standard(in HeardFacts facts)
    {
        CarrierSet carriers = WireValue.Carrier(facts.CarrierSet, Era, out bool exact);
        if (!exact)
        {
            return null;
        }

        return (carriers & (CarrierSet.Dot11N20 | CarrierSet.Dot11N40)) != 0 ? "n"
            : (carriers & CarrierSet.Dot11A) != 0 ? "a"
            : (carriers & CarrierSet.Dot11G) != 0 ? "g"
            : (carriers & (CarrierSet.Dot11B | CarrierSet.Dot11BPlus | CarrierSet.Dsss)) != 0 ? "b"
            : null;
    }

    /// <summary>
    /// The beacon interval: in stable as it was, its bytes swapped; newcore tells beacons a second, rounded up, so that the roundest interval that fits
    /// is taken, or none.
    /// </summary>
    public int? BeaconInterval(int rate)
    {
        if (rate <= 0)
        {
            return null;
        }

        if (Era == TextEra.Stable)
        {
            return rate > ushort.MaxValue ? null : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((ushort)rate);
        }

        foreach (int interval in (ReadOnlySpan<int>)[100, 200, 50, 25, 300, 500, 1000])
        {
            if ((int)Math.Ceiling(1_000_000.0 / (interval * 1024)) == rate)
            {
                return interval;
            }
        }

        return null;
    }

    /// <summary>ASCII of a word for a name of the server's, bounded; nothing of it can act on a terminal.</summary>
    internal static string Plain(ReadOnlySpan<byte> word) => word.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        ? SsidText.ToDisplay(word[..Math.Min(word.Length, MaxSsid)])
        : Encoding.ASCII.GetString(word[..Math.Min(word.Length, MaxSsid)]);
}
