using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

/// <summary>Network names come from strangers; a spreadsheet must not run them.</summary>
public sealed class CsvGuardTests : TestFolder
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("-", "'-")]
    [InlineData("-.", "'-.")]
    [InlineData("-1.2.3", "'-1.2.3")]
    [InlineData("-1e5", "'-1e5")]
    [InlineData("'=1", "''=1")]
    [InlineData("''@", "'''@")]
    [InlineData("-5", "-5")]
    [InlineData("+49", "+49")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("'tis", "'tis")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    [InlineData("'", "'")]
    public void A_text_that_starts_a_formula_gets_an_apostrophe_and_loses_it_again(string text, string cell)
    {
        Assert.Equal(cell, CsvText.Guard(text));
        Assert.Equal(text, CsvText.Unguard(cell));
    }

    [Fact]
    public void Every_hostile_text_comes_back_from_every_text_column()
    {
        foreach (string text in Devices.HostileTexts)
        {
            Devices.Write(At("t.csv"), [new KismetDevice { MacAddress = "02:00:00:00:00:01", Ssid = text, Vendor = text, SensorId = text, Source = text }]);
            KismetDevice read = Assert.Single(Devices.Read(At("t.csv")).Devices);
            Assert.Equal((text, text, text, text), (read.Ssid, read.Vendor, read.SensorId, read.Source));
        }
    }

    [Fact]
    public void No_cell_of_a_written_file_starts_a_formula_and_quotes_stand_only_where_needed()
    {
        var random = new Random(11);
        Devices.Write(At("t.csv"), Enumerable.Range(0, 300).Select(_ => Devices.Random(random)));
        using var text = new StreamReader(At("t.csv"));
        var rows = new CsvRowReader(text);
        var cells = new List<string>();
        int count = 0;
        while (rows.TryRead(cells, out string? problem))
        {
            Assert.Null(problem);
            count++;
            Assert.All(cells, static cell => Assert.False(
                cell.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(cell[0]) && !double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _),
                cell));
        }

        Assert.Equal(301, count);
    }

    [Fact]
    public void The_bytes_of_a_file_are_these()
    {
        KismetDevice device = new()
        {
            MacAddress = "00:0C:42:1F:65:E9",
            Type = KismetDeviceType.AccessPoint,
            Ssid = "a \"b\", c",
            Encryption = KismetPS.Wireless.Security.WirelessEncryption.Wpa2 | KismetPS.Wireless.Security.WirelessEncryption.Wpa3,
            SignalDbm = -52,
            MaxRateMbps = 573.5,
            Packets = 12,
            FirstSeen = new DateTimeOffset(2024, 1, 21, 13, 34, 56, 789, TimeSpan.FromHours(1)),
            LastSeen = new DateTimeOffset(2024, 1, 21, 12, 34, 57, TimeSpan.Zero),
            ProbedSsids = new KismetPS.Capture.DetailList<string>(["x;y", "z"]),
        };
        Devices.Write(At("t.csv"), [device]);
        Assert.Equal(
            "MacAddress,Type,Ssid,Bssid,Vendor,IsRandomized,Channel,FrequencyMHz,Encryption,SignalDbm,SignalMinDbm,SignalMaxDbm,NoiseDbm,MaxRateMbps,Standard,"
            + "Packets,DataPackets,ManagementPackets,EncryptedPackets,Bytes,Retries,FcsErrors,ClientCount,BeaconIntervalTu,Latitude,Longitude,AltitudeM,FirstSeen,LastSeen,SensorId,Source,SessionId,IsStale,Phy,"
            + "Ssids,ProbedSsids,Clients,Security,Sensors,Properties\r\n"
            + "00:0C:42:1F:65:E9,AccessPoint,\"a \"\"b\"\", c\",,,False,,,\"Wpa2, Wpa3\",-52,,,,573.5,,"
            + "12,0,0,0,0,0,0,0,,,,,2024-01-21T12:34:56.789Z,2024-01-21T12:34:57.000Z,,,0,False,IEEE802.11,,\"x\\x3By; z\",,,,\r\n",
            File.ReadAllText(At("t.csv")));
        Assert.Equal((byte)'M', File.ReadAllBytes(At("t.csv"))[0]);
    }
}
