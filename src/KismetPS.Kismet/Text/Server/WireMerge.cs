using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// What several sessions know of one address, as one. Facts are those of the session that heard it last, frames are added up: a frame that two
/// sessions heard counts twice, since nothing tells it is the same.
/// </summary>
internal static class WireMerge
{
    /// <summary>One device of several.</summary>
    public static KismetDevice Merge(IEnumerable<KismetDevice?> parts)
    {
        KismetDevice[] known = [.. parts.OfType<KismetDevice>()];
        if (known.Length == 1)
        {
            return known[0];
        }

        KismetDevice newest = known.MaxBy(static d => d.LastSeen)!;

        // What a device shows itself to be is the strongest that any session saw; the enumeration begins with the strongest but for Unknown.
        KismetDevice typed = known.Where(static d => d.Type != KismetDeviceType.Unknown).MinBy(static d => d.Type) ?? newest;
        return new KismetDevice
        {
            MacAddress = newest.MacAddress,
            Type = typed.Type,
            Ssid = newest.Ssid ?? First(known, static d => d.Ssid),
            Bssid = newest.Bssid ?? First(known, static d => d.Bssid),
            Vendor = newest.Vendor,
            IsRandomized = newest.IsRandomized,
            Channel = newest.Channel ?? First(known, static d => d.Channel),
            FrequencyMHz = newest.FrequencyMHz ?? First(known, static d => d.FrequencyMHz),
            Encryption = newest.Encryption != 0 ? newest.Encryption : known.Max(static d => d.Encryption),
            SignalDbm = newest.SignalDbm ?? First(known, static d => d.SignalDbm),
            SignalMinDbm = known.Min(static d => d.SignalMinDbm),
            SignalMaxDbm = known.Max(static d => d.SignalMaxDbm),
            NoiseDbm = newest.NoiseDbm ?? First(known, static d => d.NoiseDbm),
            MaxRateMbps = known.Max(static d => d.MaxRateMbps),
            Standard = newest.Standard ?? known.Select(static d => d.Standard).FirstOrDefault(static s => s is not null),
            Packets = known.Sum(static d => d.Packets),
            DataPackets = known.Sum(static d => d.DataPackets),
            ManagementPackets = known.Sum(static d => d.ManagementPackets),
            EncryptedPackets = known.Sum(static d => d.EncryptedPackets),
            Bytes = known.Sum(static d => d.Bytes),
            Retries = known.Sum(static d => d.Retries),
            FcsErrors = known.Sum(static d => d.FcsErrors),
            ClientCount = known.Max(static d => d.ClientCount),
            BeaconIntervalTu = newest.BeaconIntervalTu ?? First(known, static d => d.BeaconIntervalTu),
            Latitude = newest.Latitude ?? First(known, static d => d.Latitude),
            Longitude = newest.Longitude ?? First(known, static d => d.Longitude),
            AltitudeM = newest.AltitudeM ?? First(known, static d => d.AltitudeM),
            FirstSeen = known.Min(static d => d.FirstSeen),
            LastSeen = newest.LastSeen,
            SensorId = newest.SensorId,
            Source = newest.Source,
            SessionId = newest.SessionId,
            Ssids = new DetailList<KismetSsid>([.. known.OrderByDescending(static d => d.LastSeen).SelectMany(static d => d.Ssids).DistinctBy(static s => (s.Ssid, s.Hidden))]),
            ProbedSsids = new DetailList<string>([.. known.SelectMany(static d => d.ProbedSsids).Distinct()]),
            Clients = new DetailList<string>([.. known.SelectMany(static d => d.Clients).Distinct()]),
            Security = newest.Security.Encryption != 0 ? newest.Security : known.MaxBy(static d => d.Security.Encryption)!.Security,
            Sensors = new DetailList<KismetSensorSignal>([.. known.SelectMany(static d => d.Sensors)]),
        };
    }

    private static string? First(KismetDevice[] parts, Func<KismetDevice, string?> of) => parts.Select(of).FirstOrDefault(static v => v is not null);

    private static T? First<T>(KismetDevice[] parts, Func<KismetDevice, T?> of)
        where T : struct => parts.Select(of).FirstOrDefault(static v => v is not null);
}
