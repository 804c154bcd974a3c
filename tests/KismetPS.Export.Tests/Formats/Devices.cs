using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

/// <summary>Devices to write: plain ones, and seeded random ones with every kind of oddity in every field.</summary>
internal static class Devices
{
    /// <summary>Texts that break careless writers: separators, quotes, line ends, formulas, escapes, scripts, escape sequences of terminals.</summary>
    public static readonly string[] HostileTexts =
    [
        "plain", "with space", " leading", "trailing ", "a,b", "a;b", "a; b", "a\tb", "quote\"quote", "\"", "\"\"", "''", "'", "line\nfeed", "carriage\rreturn", "\r\n",
        "=1+1", "=cmd|'/c calc'!A0", "+1", "+a", "-5", "-1.5", "-a", "--", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "'-5", "'plain", "＝1+1", "＋1", "－1", "＠a",
        "\\x00", "\\x3B", "\\x5C", "\\x5Cx3B", "\\", "\\;", "\\x3", "<hidden>", "\\x3Chidden>", "a=-50", "=", "0", "null", "True", "{}", "[]", "\u001b[2J", "\u0000", "\u007f",
        "café", "日本語", "🦆", "\u202Ertl", "\u2028", "\uFEFFbom", "[red]markup[/]", "<script>alert(1)</script>", "NaN", "1e5", "12:00", "2024-01-01",
    ];

    public static KismetDevice Plain(string mac = "00:0C:42:1F:65:E9", string? ssid = "office") => new()
    {
        MacAddress = mac,
        Type = KismetDeviceType.AccessPoint,
        Ssid = ssid,
        FirstSeen = new DateTimeOffset(2024, 1, 21, 12, 34, 56, 789, TimeSpan.Zero),
        LastSeen = new DateTimeOffset(2024, 1, 21, 12, 35, 0, TimeSpan.Zero),
        SessionId = 1,
    };

    public static KismetDevice Random(Random random)
    {
        WirelessEncryption encryption = (WirelessEncryption)random.Next(64);
        return new KismetDevice
        {
            MacAddress = new MacAddress((ulong)random.NextInt64()).ToString(),
            Type = (KismetDeviceType)random.Next(7),
            Ssid = MaybeText(random),
            Bssid = random.Next(2) == 0 ? null : new MacAddress((ulong)random.NextInt64()).ToString(),
            Vendor = MaybeText(random),
            IsRandomized = random.Next(2) == 0,
            Channel = Maybe(random, 1, 233),
            FrequencyMHz = Maybe(random, 2412, 7115),
            Encryption = encryption,
            SignalDbm = Maybe(random, -100, 0),
            SignalMinDbm = Maybe(random, -100, 0),
            SignalMaxDbm = Maybe(random, int.MinValue, int.MaxValue),
            NoiseDbm = Maybe(random, -100, 0),
            MaxRateMbps = MaybeFraction(random, 10000),
            Standard = MaybeText(random),
            Packets = random.NextInt64(),
            DataPackets = random.NextInt64(),
            ManagementPackets = random.NextInt64(),
            EncryptedPackets = random.NextInt64(),
            Bytes = long.MaxValue,
            Retries = random.Next(),
            FcsErrors = 0,
            ClientCount = random.Next(100),
            BeaconIntervalTu = Maybe(random, 0, 65535),
            Latitude = MaybeFraction(random, 90),
            Longitude = MaybeFraction(random, -180),
            AltitudeM = MaybeFraction(random, 1e-9),
            FirstSeen = Time(random),
            LastSeen = Time(random),
            SensorId = MaybeText(random),
            Source = MaybeText(random),
            SessionId = random.Next(),
            IsStale = random.Next(2) == 0,
            Phy = Text(random),
            Properties = List(random, r => new KismetProperty { Name = Text(r), Value = Text(r) }),
            Ssids = List(random, r => new KismetSsid
            {
                Ssid = MaybeText(r),
                Hidden = r.Next(2) == 0,
                Channel = Maybe(r, 1, 200),
                Encryption = (WirelessEncryption)r.Next(64),
                BeaconIntervalTu = Maybe(r, 1, 1000),
                MaxRateMbps = MaybeFraction(r, 600),
                FirstSeen = Time(r),
                LastSeen = Time(r),
                Packets = r.Next(),
            }),
            ProbedSsids = List(random, Text),
            Clients = List(random, r => new MacAddress((ulong)r.NextInt64()).ToString()),
            Security = new KismetSecurity
            {
                Text = MaybeText(random) ?? string.Empty,
                Encryption = encryption,
                KeyManagement = (KeyManagement)random.Next(1 << 22),
                PairwiseCiphers = (CipherSuites)random.Next(1 << 14),
                GroupCiphers = (CipherSuites)random.Next(1 << 14),
                MfpRequired = random.Next(2) == 0,
                MfpCapable = random.Next(2) == 0,
                SaeHashToElement = random.Next(2) == 0,
                OweTransition = random.Next(2) == 0,
                EapolKeys = random.Next(),
            },
            Sensors = List(random, r => new KismetSensorSignal
            {
                SensorId = Text(r),
                SignalDbm = Maybe(r, -100, 0),
                SignalMinDbm = Maybe(r, -100, 0),
                SignalMaxDbm = Maybe(r, -100, 0),
                SignalMeanDbm = MaybeFraction(r, -100),
                Packets = r.Next(),
                LastSeen = Time(r),
            }),
        };
    }

    /// <summary>Every field of the table, with the details written out, as one comparable text.</summary>
    public static string Describe(KismetDevice device, bool details = true)
    {
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (RecordField<KismetDevice> field in details ? DeviceFields.All : DeviceFields.Flat)
            {
                field.WriteJson(json, device);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Write(string path, IEnumerable<KismetDevice> devices, DeviceFileFormat? format = null, bool append = false)
    {
        using DeviceFileWriter writer = DeviceFileWriter.Open(path, format, append);
        foreach (KismetDevice device in devices)
        {
            writer.Write(device);
        }

        writer.Complete();
    }

    public static (List<KismetDevice> Devices, List<KismetException> Bad) Read(string path, DeviceFileFormat? format = null)
    {
        var devices = new List<KismetDevice>();
        var bad = new List<KismetException>();
        using DeviceFileReader reader = DeviceFileReader.Open(path, format, bad.Add);
        while (reader.TryRead(out KismetDevice? device))
        {
            devices.Add(device);
        }

        Assert.Equal(devices.Count, reader.Count);
        Assert.Equal(bad.Count, reader.BadRecords);
        return (devices, bad);
    }

    private static string Text(Random random) => HostileTexts[random.Next(HostileTexts.Length)];

    private static string? MaybeText(Random random) => random.Next(4) == 0 ? null : Text(random);

    private static int? Maybe(Random random, int from, int to) => random.Next(4) == 0 ? null : random.Next(from, to);

    private static double? MaybeFraction(Random random, double scale) => random.Next(4) == 0 ? null : random.NextDouble() * scale;

    private static DateTimeOffset Time(Random random)
    {
        long ticks = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks + (long)(random.NextDouble() * TimeSpan.TicksPerDay * 365);
        return new DateTimeOffset(random.Next(2) == 0 ? ticks : ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    private static DetailList<T> List<T>(Random random, Func<Random, T> item)
    {
        var items = new T[random.Next(4)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = item(random);
        }

        return new DetailList<T>(items);
    }
}
