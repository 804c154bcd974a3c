using System.Globalization;
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
/// <param name="Session">The session it is of.</param>
internal sealed record WireSource(Guid Uuid, string Interface, string Type, string Name, long Packets, string Problem, DeviceSession Session)
{
    /// <summary>What it is on the server it is a source of; null if it is one of this machine.</summary>
    public KismetSource? Remote { get; init; }

    /// <summary>Channel it is on; 0: not known.</summary>
    public int Channel { get; init; }

    /// <summary>Whether it can be put on a channel.</summary>
    public bool CanLock => Remote is not null || Session is ITunable;

    /// <summary>Whether it can be removed. Of this machine it goes with its session.</summary>
    public bool CanRemove => Remote is not null || Session is CaptureSession;

    /// <summary>The sources of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="statistic">Its counters.</param>
    /// <param name="remote">The sources of the server it is connected to; empty where it is no connection.</param>
    /// <param name="into">Where to.</param>
    public static void AddOf(DeviceSession session, KismetStatistic statistic, IReadOnlyList<KismetSource> remote, List<WireSource> into)
    {
        foreach (KismetSource source in remote)
        {
            _ = int.TryParse(source.Channel, NumberStyles.None, CultureInfo.InvariantCulture, out int channel);
            string where = source.Interface ?? session.EndPoint;
            into.Add(new WireSource(UuidOf(session, source.Uuid), where, source.Type ?? "kismet", source.Name ?? where, source.Packets ?? 0, source.Error ?? string.Empty, session)
            {
                Remote = source, Channel = channel,
            });
        }

        if (remote.Count > 0)
        {
            return;
        }

        int tuned = (session as ITunable)?.Channel ?? 0;
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
            into.Add(new WireSource(UuidOf(session, session.EndPoint), session.EndPoint, type, session.Name, statistic.Received, problem, session) { Channel = tuned });
            return;
        }

        foreach (KismetSensor sensor in statistic.Sensors)
        {
            string name = sensor.Name ?? (statistic.Sensors.Count == 1 ? session.Name : sensor.Id);
            into.Add(new WireSource(UuidOf(session, sensor.Id), sensor.Address ?? sensor.Id, type, name, sensor.Received, problem, session) { Channel = tuned });
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
