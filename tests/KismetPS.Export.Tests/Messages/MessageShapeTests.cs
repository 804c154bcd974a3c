using System.Text.Json;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>The shapes that receivers written for the export guide rely on, and those of the other formats' specifications.</summary>
public sealed class MessageShapeTests
{
    private static readonly KismetDevice s_unknown = new() { MacAddress = "02:00:00:00:00:01" };

    [Fact]
    public void Csv_is_the_guides_line() =>
        Assert.Equal("DEVICE,AA:BB:CC:DD:EE:FF,IEEE802.11,-45,1234,2024-01-21T12:34:56.789", Encoded.Text(DeviceDataFormat.Csv, Encoded.Of(Encoded.GuideDevice)));

    [Fact]
    public void Simple_is_the_guides_line() =>
        Assert.Equal("DEVICE|AA:BB:CC:DD:EE:FF|IEEE802.11|-45|1234", Encoded.Text(DeviceDataFormat.Simple, Encoded.Of(Encoded.GuideDevice)));

    [Fact]
    public void Json_begins_as_the_guides_object_and_has_its_keys_in_its_order()
    {
        string text = Encoded.Text(DeviceDataFormat.Json, Encoded.Of(Encoded.GuideDevice));
        Assert.StartsWith(
            "{\"type\":\"device\",\"data\":{\"timestamp\":\"2024-01-21T12:34:56.789\",\"mac_addr\":\"AA:BB:CC:DD:EE:FF\",\"phy_type\":\"IEEE802.11\",\"signal_dbm\":-45,"
            + "\"total_packets\":1234,\"manufacturer\":\"Apple\",\"latitude\":40.7128,\"longitude\":-74.006,",
            text,
            StringComparison.Ordinal);
        Assert.EndsWith("},\"sequence\":1,\"timestamp\":1642781696.789,\"stream\":\"s-1\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_null_or_empty_and_never_zero()
    {
        using JsonDocument json = JsonDocument.Parse(Encoded.Text(DeviceDataFormat.Json, Encoded.Of(s_unknown)));
        foreach (string name in new[] { "timestamp", "signal_dbm", "manufacturer", "latitude", "longitude", "device_type", "ssid", "channel", "encryption", "noise_dbm", "first_seen" })
        {
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("data").GetProperty(name).ValueKind);
        }

        Assert.Equal("DEVICE,02:00:00:00:00:01,IEEE802.11,,0,", Encoded.Text(DeviceDataFormat.Csv, Encoded.Of(s_unknown)));
        Assert.Equal("DEVICE|02:00:00:00:00:01|IEEE802.11||0", Encoded.Text(DeviceDataFormat.Simple, Encoded.Of(s_unknown)));
        Assert.DoesNotContain("signal_dbm", Encoded.Text(DeviceDataFormat.Syslog, Encoded.Of(s_unknown)), StringComparison.Ordinal);
        Assert.DoesNotContain("signal_dbm", Encoded.Text(DeviceDataFormat.Gelf, Encoded.Of(s_unknown)), StringComparison.Ordinal);
        Assert.DoesNotContain("cn1", Encoded.Text(DeviceDataFormat.Cef, Encoded.Of(s_unknown)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeviceDataFormat.Json, "{\"type\":\"expired\",\"data\":{")]
    [InlineData(DeviceDataFormat.Csv, "EXPIRED,AA:BB:CC:DD:EE:FF,")]
    [InlineData(DeviceDataFormat.Simple, "EXPIRED|AA:BB:CC:DD:EE:FF|")]
    [InlineData(DeviceDataFormat.Syslog, "<134>1 2022-01-21T16:14:56.789Z sensor1 KismetPS ")]
    public void A_device_that_timed_out_says_so(DeviceDataFormat format, string start) =>
        Assert.StartsWith(start, Encoded.Text(format, Encoded.Of(Encoded.GuideDevice, expired: true)), StringComparison.Ordinal);

    [Fact]
    public void Fields_chosen_are_those_and_in_that_order()
    {
        var options = new MessageOptions { Fields = ["ssid", "MacAddress", "SIGNAL_DBM", "Ssids"] };
        KismetDevice device = new()
        {
            MacAddress = "02:00:00:00:00:01",
            Ssid = "a|b,c",
            Ssids = new DetailList<KismetSsid>([new KismetSsid { Ssid = "a|b,c" }, new KismetSsid { Hidden = true }]),
        };
        Assert.Equal("DEVICE|a\\x7Cb,c|02:00:00:00:00:01||a\\x7Cb,c", Encoded.Text(DeviceDataFormat.Simple, Encoded.Of(device), options));
        Assert.Equal("DEVICE,\"a|b,c\",02:00:00:00:00:01,,\"a|b,c\"", Encoded.Text(DeviceDataFormat.Csv, Encoded.Of(device), options));
        Assert.StartsWith(
            "{\"type\":\"device\",\"data\":{\"ssid\":\"a|b,c\",\"mac_addr\":\"02:00:00:00:00:01\",\"signal_dbm\":null,\"ssids\":[\"a|b,c\",null]},\"sequence\":1,",
            Encoded.Text(DeviceDataFormat.Json, Encoded.Of(device), options),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Colour")]
    [InlineData("Ssid", "ssid")]
    [InlineData]
    public void Fields_that_cannot_be_are_an_error_of_the_argument(params string[] fields) => Assert.Equal(
        KismetErrorId.ArgumentInvalid,
        Assert.Throws<KismetException>(() => MessageEncoders.Create(DeviceDataFormat.Json, new MessageOptions { Fields = fields })).Id);

    [Fact]
    public void Syslog_carries_stream_sequence_and_fields_as_structured_data()
    {
        KismetDevice device = new()
        {
            MacAddress = "02:00:00:00:00:01",
            Type = KismetDeviceType.AccessPoint,
            Ssid = "caf\u00E9 ]\"\\",
            Channel = 6,
            SignalDbm = -45,
            Encryption = WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3,
        };
        Rfc5424Message message = Rfc5424Message.Parse(Encoded.Bytes(DeviceDataFormat.Syslog, Encoded.Of(device, 42), new MessageOptions { HostName = "my host\n", AppName = "a p", Facility = 1 }));
        Assert.Equal(14, message.Priority);
        Assert.Equal("myhost", message.Host);
        Assert.Equal("ap", message.App);
        Assert.Equal("DEVICE", message.MessageId);
        Assert.Equal(Encoded.Time, message.Time);
        Dictionary<string, string> data = message.Data["kismetps@32473"].ToDictionary();
        Assert.Equal("s-1", data["stream"]);
        Assert.Equal("42", data["sequence"]);
        Assert.Equal("caf\u00E9 ]\"\\", data["ssid"]);
        Assert.Equal("Wpa2, Wpa3", data["encryption"]);
        Assert.True(message.HasMark);
        Assert.Equal("AccessPoint 02:00:00:00:00:01 \"caf\u00E9 ]\"\\\" channel 6 -45 dBm", message.Message);
        Assert.False(Rfc5424Message.Parse(Encoded.Bytes(DeviceDataFormat.Syslog, Encoded.Of(s_unknown))).HasMark);
    }

    [Fact]
    public void Cef_has_the_keys_of_the_dictionary()
    {
        KismetDevice device = Encoded.GuideDevice;
        Rfc5424Message message = Rfc5424Message.Parse(Encoded.Bytes(DeviceDataFormat.Cef, Encoded.Of(device, 9)));
        CefMessage cef = CefMessage.Parse(message.Message);
        Assert.Equal(["CEF:0", "KismetPS", "KismetPS"], cef.Header.Take(3));
        Assert.Equal(["device", "Wireless device seen", "1"], cef.Header.Skip(4));
        Assert.Equal("AA:BB:CC:DD:EE:FF", cef.Extension["smac"]);
        Assert.Equal("-45", cef.Extension["cn1"]);
        Assert.Equal("signalDbm", cef.Extension["cn1Label"]);
        Assert.Equal("9", cef.Extension["externalId"]);
        Assert.Equal("1705840496789", cef.Extension["rt"]);
        Assert.Equal("sensor1", cef.Extension["dvchost"]);
    }

    [Fact]
    public void Gelf_has_what_the_specification_demands_and_nothing_it_forbids()
    {
        using JsonDocument json = JsonDocument.Parse(Encoded.Text(DeviceDataFormat.Gelf, Encoded.Of(Encoded.GuideDevice, 3), new MessageOptions { HostName = "h", Fields = [.. MessageEncoders.FieldNames] }));
        JsonElement root = json.RootElement;
        Assert.Equal("1.1", root.GetProperty("version").GetString());
        Assert.Equal("h", root.GetProperty("host").GetString());
        Assert.NotEqual(string.Empty, root.GetProperty("short_message").GetString());
        Assert.Equal(1642781696.789, root.GetProperty("timestamp").GetDouble());
        Assert.Equal(3, root.GetProperty("_sequence").GetInt64());
        foreach (JsonProperty property in root.EnumerateObject().Where(static p => p.Name[0] == '_'))
        {
            Assert.Matches(@"^_[\w.\-]+$", property.Name);
            Assert.NotEqual("_id", property.Name);
            Assert.True(property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number, property.Name);
        }
    }

    [Fact]
    public void An_alert_is_a_message_of_its_own_kind_in_the_same_places()
    {
        var alert = new KismetAlert { Type = KismetAlertType.DeauthenticationFlood, Text = "many, many", MacAddress = "02:00:00:00:00:01", Time = Encoded.Time };
        Assert.Equal("ALERT,02:00:00:00:00:01,IEEE802.11,DeauthenticationFlood,\"many, many\",2022-01-21T16:14:56.789", Encoded.Text(DeviceDataFormat.Csv, Encoded.Of(alert)));
        Assert.Equal("ALERT|02:00:00:00:00:01|IEEE802.11|DeauthenticationFlood|many, many", Encoded.Text(DeviceDataFormat.Simple, Encoded.Of(alert)));
        using JsonDocument json = JsonDocument.Parse(Encoded.Text(DeviceDataFormat.Json, Encoded.Of(alert)));
        Assert.Equal("alert", json.RootElement.GetProperty("type").GetString());
        Assert.Equal("DeauthenticationFlood", json.RootElement.GetProperty("data").GetProperty("alert_type").GetString());
        Assert.Equal(132, Rfc5424Message.Parse(Encoded.Bytes(DeviceDataFormat.Syslog, Encoded.Of(alert))).Priority);
    }
}
