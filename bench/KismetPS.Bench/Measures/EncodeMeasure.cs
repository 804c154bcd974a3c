using System.Buffers;
using KismetPS.Export.Messages;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Bench.Measures;

/// <summary>Writing messages of one format: devices as an office has them, none of them twice in a row.</summary>
internal sealed class EncodeMeasure(DeviceDataFormat format)
{
    private const int Devices = 1000;

    private readonly KismetDevice[] _devices = [.. Enumerable.Range(0, Devices).Select(Device)];
    private readonly IMessageEncoder _encoder = MessageEncoders.Create(format, new MessageOptions());
    private readonly ArrayBufferWriter<byte> _to = new(4096);
    private long _sequence;
    private long _bytes;

    /// <summary>Measures.</summary>
    public void Run(double seconds)
    {
        Loop.Run(seconds, Round);
        Output.Put("bytes", _bytes / _sequence);
    }

    internal static KismetDevice Device(int i) => new()
    {
        MacAddress = $"02:00:00:00:{i >> 8:X2}:{i & 255:X2}",
        Type = i % 4 == 0 ? KismetDeviceType.AccessPoint : KismetDeviceType.Client,
        Ssid = i % 3 == 0 ? null : $"Office floor {i % 7}",
        Bssid = $"02:00:00:00:00:{i % 200:X2}",
        Vendor = i % 2 == 0 ? "Ubiquiti Inc" : "Intel Corporate",
        Channel = 1 + (i % 13),
        FrequencyMHz = 2412 + (5 * (i % 13)),
        Encryption = i % 2 == 0 ? WirelessEncryption.Wpa2 : WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3,
        SignalDbm = -30 - (i % 60),
        SignalMinDbm = -90,
        SignalMaxDbm = -30,
        NoiseDbm = -95,
        MaxRateMbps = 866.7,
        Standard = "ac",
        Packets = i * 977,
        DataPackets = i * 311,
        Bytes = i * 70_001,
        Retries = i,
        ClientCount = i % 20,
        BeaconIntervalTu = 100,
        Latitude = 47.0 + (i / 10_000.0),
        Longitude = 8.0 + (i / 10_000.0),
        FirstSeen = DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + i),
        LastSeen = DateTimeOffset.UnixEpoch.AddSeconds(1_700_003_600 + i),
        SensorId = "10.0.0.5",
        Source = "0.0.0.0:37008",
        SessionId = 1,
    };

    private long Round()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (KismetDevice device in _devices)
        {
            _to.ResetWrittenCount();
            _encoder.Write(_to, new ExportRecord(ExportRecordKind.Device, device, null, ++_sequence, "0123456789abcdef", now));
            _bytes += _to.WrittenCount;
        }

        return Devices;
    }
}
