using System.Buffers;
using System.Text;
using System.Text.Json;
using KismetPS.Export.Formats;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>Whatever a stranger calls a network, a message stays one message, and says what it said.</summary>
public sealed class MessageFuzzTests
{
    private const int Rounds = 1000;

    private static readonly string[] s_texts = ["MacAddress", "Ssid", "Vendor", "SensorId", "Source", "ProbedSsids"];

    public static TheoryData<DeviceDataFormat> Formats => [.. Enum.GetValues<DeviceDataFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_message_has_a_byte_that_ends_a_line_or_acts_on_a_terminal(DeviceDataFormat format)
    {
        var random = new Random(4001);
        foreach (IReadOnlyList<string>? fields in new IReadOnlyList<string>?[] { null, s_texts, MessageEncoders.FieldNames })
        {
            IMessageEncoder encoder = MessageEncoders.Create(format, new MessageOptions { Fields = fields, HostName = "h\u0085\n|=x" });
            var to = new ArrayBufferWriter<byte>();
            for (int i = 0; i < Rounds / 3; i++)
            {
                to.ResetWrittenCount();
                encoder.Write(to, Encoded.Of(HostileDevice(random), i));
                string text = Strict(to.WrittenSpan);
                Assert.DoesNotContain(text, static c => c < ' ' || c is (>= '\u007F' and <= '\u009F') or '\u2028' or '\u2029' or '\u202E');
            }
        }
    }

    [Theory]
    [InlineData(DeviceDataFormat.Json, 1023)]
    [InlineData(DeviceDataFormat.Csv, 1023)]
    [InlineData(DeviceDataFormat.Simple, 1023)]
    [InlineData(DeviceDataFormat.Syslog, 2048)]
    [InlineData(DeviceDataFormat.Cef, 2048)]
    public void No_message_is_longer_than_allowed_and_none_is_broken_by_it(DeviceDataFormat format, int most)
    {
        var random = new Random(4002);
        var options = new MessageOptions { HostName = new string('h', 400) };
        var all = options with { Fields = MessageEncoders.FieldNames, MaxBytes = most };
        IMessageEncoder[] encoders = [MessageEncoders.Create(format, options), MessageEncoders.Create(format, all)];
        var to = new ArrayBufferWriter<byte>();
        for (int i = 0; i < Rounds; i++)
        {
            to.ResetWrittenCount();
            ExportRecord record = i % 5 == 0
                ? new ExportRecord(ExportRecordKind.Alert, null, HostileAlert(random), long.MaxValue, Guid.Empty.ToString(), DateTimeOffset.MaxValue)
                : new ExportRecord(ExportRecordKind.Expired, HostileDevice(random), null, long.MaxValue, Guid.Empty.ToString(), DateTimeOffset.MaxValue);
            encoders[i % 2].Write(to, record);
            Assert.InRange(to.WrittenCount, 1, most);
            Check(format, to.WrittenSpan.ToArray());
        }

        Assert.True(encoders[1].Shortened > 50);
    }

    [Fact]
    public void A_long_record_gives_up_what_matters_least_and_keeps_the_guides_keys()
    {
        KismetDevice device = Devices.Random(new Random(5));
        var full = new KismetDevice
        {
            MacAddress = device.MacAddress,
            Ssid = new string('"', 160),
            Vendor = new string('v', 120),
            Source = new string('s', 100),
            SensorId = new string('i', 40),
            FirstSeen = Encoded.Time,
            LastSeen = Encoded.Time,
            SignalDbm = -1,
            Channel = 36,
        };
        using JsonDocument json = JsonDocument.Parse(Encoded.Text(DeviceDataFormat.Json, Encoded.Of(full)));
        JsonElement data = json.RootElement.GetProperty("data");
        Assert.Equal(
            ["timestamp", "mac_addr", "phy_type", "signal_dbm", "total_packets", "manufacturer", "latitude", "longitude"],
            data.EnumerateObject().Take(8).Select(static p => p.Name));
        Assert.False(data.TryGetProperty("source", out _));
        Assert.Equal(full.Vendor, data.GetProperty("manufacturer").GetString());
        Assert.Equal(full.Ssid, data.GetProperty("ssid").GetString());
    }

    [Fact]
    public void Json_says_what_the_device_said()
    {
        var random = new Random(4003);
        for (int i = 0; i < Rounds; i++)
        {
            KismetDevice device = HostileDevice(random);
            using JsonDocument json = JsonDocument.Parse(Encoded.Bytes(DeviceDataFormat.Json, Encoded.Of(device), new MessageOptions { Fields = s_texts, MaxBytes = 0 }));
            JsonElement data = json.RootElement.GetProperty("data");
            Assert.Equal(Whole(device.MacAddress), data.GetProperty("mac_addr").GetString());
            Assert.Equal(Whole(device.Ssid), data.GetProperty("ssid").GetString());
            Assert.Equal(device.ProbedSsids.Select(Whole), data.GetProperty("probed_ssids").EnumerateArray().Select(static e => e.GetString()));
        }
    }

    [Fact]
    public void A_csv_line_has_its_cells_and_no_formula()
    {
        var random = new Random(4004);
        var cells = new List<string>();
        for (int i = 0; i < Rounds; i++)
        {
            KismetDevice device = HostileDevice(random);
            string line = Encoded.Text(DeviceDataFormat.Csv, Encoded.Of(device), new MessageOptions { Fields = s_texts, MaxBytes = 0 });
            Assert.True(new CsvRowReader(new StringReader(line)).TryRead(cells, out string? problem));
            Assert.Null(problem);
            Assert.Equal(7, cells.Count);
            foreach (string cell in cells)
            {
                Assert.False(CsvText.NeedsGuard(cell) && cell[0] != '\'', cell);
            }

            if (device.Ssid is string ssid && ssid.All(static c => c is >= ' ' and <= '~'))
            {
                Assert.Equal(ssid, CsvText.Unguard(cells[2]));
            }
        }
    }

    [Fact]
    public void A_simple_line_has_its_fields()
    {
        var random = new Random(4005);
        for (int i = 0; i < Rounds; i++)
        {
            KismetDevice device = HostileDevice(random);
            string[] fields = Encoded.Text(DeviceDataFormat.Simple, Encoded.Of(device), new MessageOptions { Fields = s_texts, MaxBytes = 0 }).Split('|');
            Assert.Equal(7, fields.Length);
            if (device.Ssid is string ssid && ssid.All(static c => c is >= ' ' and <= '~'))
            {
                Assert.Equal(ssid, fields[2].Replace("\\x7C", "|", StringComparison.Ordinal).Replace("\\x5C", "\\", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData(DeviceDataFormat.Syslog)]
    [InlineData(DeviceDataFormat.Cef)]
    [InlineData(DeviceDataFormat.Gelf)]
    public void Logs_are_read_by_a_strict_reader(DeviceDataFormat format)
    {
        var random = new Random(4006);
        for (int i = 0; i < Rounds; i++)
        {
            KismetDevice device = HostileDevice(random);
            byte[] message = Encoded.Bytes(format, Encoded.Of(device), new MessageOptions { HostName = "h", Fields = s_texts, MaxBytes = 0 });
            string? ssid = Check(format, message).GetValueOrDefault(format == DeviceDataFormat.Cef ? "cs1" : format == DeviceDataFormat.Gelf ? "_ssid" : "ssid");
            if (device.Ssid is string text && text.All(static c => c is >= ' ' and <= '~'))
            {
                // A CEF value ends at the next key; what looks like one in a text is not ours to judge here.
                Assert.Equal(text, ssid);
            }
        }
    }

    // Parses strictly; gives the fields by name.
    private static Dictionary<string, string> Check(DeviceDataFormat format, byte[] message)
    {
        switch (format)
        {
            case DeviceDataFormat.Json or DeviceDataFormat.Gelf:
                using (JsonDocument json = JsonDocument.Parse(message))
                {
                    return json.RootElement.EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value.ToString());
                }

            case DeviceDataFormat.Syslog:
                return Rfc5424Message.Parse(message).Data["kismetps@32473"].ToDictionary();
            case DeviceDataFormat.Cef:
                return new(CefMessage.Parse(Rfc5424Message.Parse(message).Message).Extension);
            default:
                Strict(message);
                return [];
        }
    }

    private static string Strict(ReadOnlySpan<byte> bytes) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);

    // Halves of surrogate pairs are replaced in every encoding of UTF-8.
    private static string? Whole(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static KismetDevice HostileDevice(Random random)
    {
        KismetDevice device = Devices.Random(random);
        return new KismetDevice
        {
            MacAddress = random.Next(3) == 0 ? Hostile(random) : device.MacAddress,
            Ssid = random.Next(4) == 0 ? Hostile(random) : NotEmpty(device.Ssid),
            Vendor = Hostile(random),
            Bssid = device.Bssid,
            SensorId = Hostile(random),
            Source = Hostile(random),
            SignalDbm = device.SignalDbm,
            Packets = device.Packets,
            Latitude = double.NaN,
            Longitude = device.Longitude,
            LastSeen = device.LastSeen,
            FirstSeen = device.FirstSeen,
            Type = device.Type,
            Encryption = device.Encryption,
            Bytes = device.Bytes,
            ProbedSsids = device.ProbedSsids,
            Ssids = device.Ssids,
            Sensors = device.Sensors,
            Security = device.Security,
            Clients = device.Clients,
        };
    }

    private static KismetAlert HostileAlert(Random random) => new()
    {
        Type = KismetAlertType.LongSsid,
        Text = Hostile(random),
        Ssid = Hostile(random),
        MacAddress = Hostile(random),
        Bssid = Hostile(random),
        Destination = Hostile(random),
        SensorId = Hostile(random),
        Time = Encoded.Time,
    };

    private static string? NotEmpty(string? text) => text is null || text.Length == 0 ? null : text;

    private static string Hostile(Random random)
    {
        const string Marks = "\"\\|=],;'<>&\n\r\t\0\u007f\u0085\u2028\u202e\ud800\udc00\ue000 x7C5CNdevice:";
        var text = new char[1 + random.Next(random.Next(8) == 0 ? 600 : 40)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = random.Next(4) == 0 ? (char)random.Next(1, 0x10000) : Marks[random.Next(Marks.Length)];
        }

        return new string(text);
    }
}
