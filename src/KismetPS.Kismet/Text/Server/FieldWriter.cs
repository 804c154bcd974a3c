using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Fields that networks, clients and their sources share, in the form of the era.</summary>
internal static class FieldWriter
{
    // What newcore prints for "unknown" (kept since real clients test for it).
    private const int NoMaxSignal = -256;
    private const int NoMinRssi = 1024;
    private const double NoMinHeight = 100_000;

    /// <summary>Writes a field that a network and a client have both; 0 for one that nothing here fills.</summary>
    public static void Device(ref SentenceWriter writer, WireField field, WireDevice wire, in WireBss bss, TextEra era)
    {
        KismetDevice device = wire.Device;
        switch (field)
        {
            case WireField.Retries:
                writer.Number(wire.NewRetries);
                break;
            case WireField.NewPackets:
                writer.Number(wire.NewPackets);
                break;
            case WireField.LlcPackets:
                writer.Number(bss.LlcPackets);
                break;
            case WireField.DataPackets:
                writer.Number(bss.DataPackets);
                break;
            case WireField.CryptPackets:
                writer.Number(bss.CryptPackets);
                break;
            case WireField.DataSize:
                writer.Number(bss.Bytes);
                break;
            case WireField.BssTimestamp:
                writer.Number(bss.TimestampUs);
                break;
            case WireField.Channel:
                writer.Number(device.Channel ?? 0);
                break;
            case WireField.FirstTime:
                writer.Number(device.FirstSeen.ToUnixTimeSeconds());
                break;
            case WireField.LastTime:
                writer.Number(device.LastSeen.ToUnixTimeSeconds());
                break;
            case WireField.Manuf:
                Quoted(ref writer, device.Vendor ?? "Unknown");
                break;
            case WireField.ManufKey:
                writer.Mac(default);
                break;
            case WireField.RangeIp or WireField.NetmaskIp or WireField.GatewayIp or WireField.Ip:
                writer.IPv4(0);
                break;
            case WireField.GpsFixed:
                writer.Number(device.Latitude is null ? 0 : era == TextEra.Stable ? (int)GpsFix.TwoD : 1);
                break;
            case WireField.MinLat:
                Place(ref writer, device.Latitude, 90, era);
                break;
            case WireField.MinLon:
                Place(ref writer, device.Longitude, 180, era);
                break;
            case WireField.MaxLat:
                Place(ref writer, device.Latitude, -90, era);
                break;
            case WireField.MaxLon:
                Place(ref writer, device.Longitude, -180, era);
                break;
            case WireField.MinAlt:
                Height(ref writer, device.AltitudeM, NoMinHeight, era);
                break;
            case WireField.MaxAlt:
                Height(ref writer, device.AltitudeM, -NoMinHeight, era);
                break;
            case WireField.MinSpd:
                Height(ref writer, null, NoMinHeight, era);
                break;
            case WireField.MaxSpd:
                Height(ref writer, null, -NoMinHeight, era);
                break;
            case WireField.BestLat or WireField.AggLat:
                Place(ref writer, device.Latitude, 0, era);
                break;
            case WireField.BestLon or WireField.AggLon:
                Place(ref writer, device.Longitude, 0, era);
                break;
            case WireField.BestAlt or WireField.AggAlt:
                Height(ref writer, device.AltitudeM, 0, era);
                break;
            case WireField.AggPoints:
                // One place is known, so sums of it (stable) and averages (newcore) are the same over one point.
                writer.Number(device.Latitude is null ? 0 : 1);
                break;
            case WireField.CarrierSet:
                writer.Number(WireValue.Of(CarrierOf(device, era), era));
                break;
            case WireField.EncodingSet:
                writer.Number(WireValue.Of(device.Standard is null ? EncodingSet.None : device.Standard == "b" ? EncodingSet.Cck : EncodingSet.Ofdm, era));
                break;
            case WireField.MaxRate:
                Rate(ref writer, device.MaxRateMbps, era);
                break;
            case WireField.MaxSeenRate:
                writer.Number((long)((device.MaxRateMbps ?? 0) * 10));
                break;
            case WireField.CdpDevice or WireField.CdpPort:
                writer.Quoted([], blankWhenEmpty: true);
                break;
            case WireField.FreqMHz:
                Frequencies(ref writer, device);
                break;
            case WireField.DataCryptSet:
                writer.Number((long)(bss.CryptPackets > 0 ? Crypt(device.Security, device.Encryption, era) : CryptSet.None));
                break;
            case WireField.Wep:
                writer.Number((long)Crypt(device.Security, device.Encryption, era));
                break;

            // Kismet fills the others where it looks into IP, reads RSSI or decrypts; here nothing does.
            default:
                if (!Key(ref writer, field, wire) && !Level(ref writer, field, device.SignalDbm, device.SignalMinDbm, device.SignalMaxDbm, device.NoiseDbm))
                {
                    writer.Number(0);
                }

                break;
        }
    }

    /// <summary>Writes the address of a device or that of its network; false for another field.</summary>
    public static bool Key(ref SentenceWriter writer, WireField field, WireDevice wire)
    {
        if (field is not (WireField.Bssid or WireField.Mac))
        {
            return false;
        }

        writer.Mac(field == WireField.Bssid ? wire.Network : wire.Address);
        return true;
    }

    /// <summary>Writes one of the fields of signal and noise, dBm, as far as they are known; false for another field.</summary>
    public static bool Level(ref SentenceWriter writer, WireField field, int? signal, int? weakest, int? strongest, int? noise)
    {
        int level;
        switch (field)
        {
            case WireField.SignalDbm or WireField.Signal:
                level = signal ?? 0;
                break;
            case WireField.NoiseDbm or WireField.Noise or WireField.MinNoiseDbm or WireField.BestNoise:
                level = noise ?? 0;
                break;
            case WireField.MinSignalDbm:
                level = weakest ?? 0;
                break;
            case WireField.MaxSignalDbm:
                level = strongest ?? NoMaxSignal;
                break;
            case WireField.MaxNoiseDbm:
                level = noise ?? NoMaxSignal;
                break;
            case WireField.BestSignal:
                level = strongest ?? 0;
                break;
            case WireField.MinSignalRssi or WireField.MinNoiseRssi:
                level = NoMinRssi;
                break;
            default:
                return false;
        }

        writer.Number(level);
        return true;
    }

    /// <summary>A text in quotes; escapes of bytes in it are undone, so that they go out as the bytes they were.</summary>
    public static void Quoted(ref SentenceWriter writer, string? text)
    {
        const int MaxText = 512;
        if (string.IsNullOrEmpty(text))
        {
            writer.Quoted([]);
            return;
        }

        if (text.Contains('\\', StringComparison.Ordinal))
        {
            writer.Quoted(SsidText.ToBytes(text.AsSpan(0, Math.Min(text.Length, MaxText))));
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxText];
        Utf8.FromUtf16(text, bytes, out _, out int written);
        writer.Quoted(bytes[..written]);
    }

    /// <summary>A text as an unquoted word.</summary>
    public static void Word(ref SentenceWriter writer, string text)
    {
        const int MaxText = 256;
        Span<byte> bytes = stackalloc byte[MaxText];
        Utf8.FromUtf16(text, bytes, out _, out int written);
        writer.Word(bytes[..written]);
    }

    /// <summary>A rate in Mbit/s.</summary>
    public static void Rate(ref SentenceWriter writer, double? mbps, TextEra era)
    {
        if (era == TextEra.Stable)
        {
            writer.Fixed1(mbps ?? 0);
        }
        else
        {
            writer.General(mbps ?? 0);
        }
    }

    /// <summary>Protection as Kismet's set of bits.</summary>
    public static CryptSet Crypt(KismetSecurity security, WirelessEncryption encryption, TextEra era) =>
        new CryptFacts(encryption, security.PairwiseCiphers | security.GroupCiphers, security.KeyManagement).ToWire(era);

    private static void Place(ref SentenceWriter writer, double? degrees, int unknown, TextEra era)
    {
        if (degrees is double known)
        {
            writer.Fixed6(known);
        }
        else if (era == TextEra.Stable)
        {
            writer.Fixed6(unknown);
        }
        else
        {
            writer.Number(unknown);
        }
    }

    // Altitudes are feet in stable, metres in newcore; speeds are not known here.
    private static void Height(ref SentenceWriter writer, double? metres, double unknown, TextEra era)
    {
        const double FeetPerMetre = 1 / 0.3048;
        if (era == TextEra.Stable)
        {
            writer.Fixed6((metres ?? 0) * FeetPerMetre);
        }
        else
        {
            writer.General(metres ?? unknown);
        }
    }

    private static CarrierSet CarrierOf(KismetDevice device, TextEra era) => device.Standard switch
    {
        null => CarrierSet.None,
        "b" => CarrierSet.Dot11B,
        "g" => CarrierSet.Dot11G,
        "a" => CarrierSet.Dot11A,
        _ when era == TextEra.Stable => device.FrequencyMHz >= 5000 ? CarrierSet.Dot11A : CarrierSet.Dot11G,
        _ => CarrierSet.Dot11N20,
    };

    // One frequency is known, so all frames are put to it; never an empty word, which would shift those behind it.
    private static void Frequencies(ref SentenceWriter writer, KismetDevice device)
    {
        Span<byte> text = stackalloc byte[40];
        Utf8Formatter.TryFormat(device.FrequencyMHz ?? 0, text, out int at);
        text[at++] = (byte)':';
        Utf8Formatter.TryFormat(device.Packets, text[at..], out int written);
        at += written;
        text[at++] = (byte)'*';
        writer.Word(text[..at]);
    }
}
