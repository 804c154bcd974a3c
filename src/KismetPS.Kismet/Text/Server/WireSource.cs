using System.Security.Cryptography;
using System.Text;
using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>A capture source as Kismet's clients see it: one sensor of a session, or the session itself while it has heard none.</summary>
/// <param name="Uuid">What newcore tells sources by; the same whenever the same sensor is served.</param>
/// <param name="Interface">Address, path or interface.</param>
/// <param name="Type">Kind in Kismet's manner.</param>
/// <param name="Name">Name.</param>
/// <param name="Packets">Frames received from it.</param>
/// <param name="Problem">Why it does not deliver; empty if it does.</param>
internal sealed record WireSource(Guid Uuid, string Interface, string Type, string Name, long Packets, string Problem)
{
    /// <summary>The sources of a session.</summary>
    public static void AddOf(DeviceSession session, KismetStatistic statistic, List<WireSource> into)
    {
        string type = session.Kind switch
        {
            KismetSessionKind.TzspListener => "tzsp",
            KismetSessionKind.Capture => "libpcap",
            KismetSessionKind.Import => "pcapfile",
            _ => "kismet",
        };
        string problem = session.State == KismetSessionState.Faulted ? session.Error?.Message ?? "failed" : string.Empty;
        if (statistic.Sensors.Count == 0)
        {
            into.Add(new WireSource(UuidOf(session, session.EndPoint), session.EndPoint, type, session.Name, statistic.Received, problem));
            return;
        }

        foreach (KismetSensor sensor in statistic.Sensors)
        {
            string name = sensor.Name ?? (statistic.Sensors.Count == 1 ? session.Name : sensor.Id);
            into.Add(new WireSource(UuidOf(session, sensor.Id), sensor.Address ?? sensor.Id, type, name, sensor.Received, problem));
        }
    }

    /// <summary>The number of a sensor: its own where a remote server gave it one, else made of where the session gets its frames and the sensor's id.</summary>
    public static Guid UuidOf(DeviceSession session, string sensor)
    {
        if (Guid.TryParseExact(sensor, "D", out Guid own))
        {
            return own;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{session.Kind}\n{session.EndPoint}\n{sensor}"), hash);

        // RFC 9562 5.8: version 8, the rest is ours.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
