using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

public sealed class BadRecordTests : TestFolder
{
    public static TheoryData<string, string[], int[]> CsvCases => new()
    {
        // text, addresses read (last byte), lines of bad records
        { "MacAddress,Ssid\n00:00:00:00:00:01,a\n00:00:00:00:00:02,b\n", ["01", "02"], [] },
        { "Ssid,MacAddress\r\na,00:00:00:00:00:01\r\nb,00-00-00-00-00-02", ["01", "02"], [] },
        { "MacAddress\r00:00:00:00:00:01\r00:00:00:00:00:02\r", ["01", "02"], [] },
        { "\uFEFFmacaddress, SIGNALDBM \n00:00:00:00:00:01,-50\n", ["01"], [] },
        { "MacAddress,Unknown,Ssid\n00:00:00:00:00:01,x,a\n", ["01"], [] },
        { "\n\nMacAddress\n\n00:00:00:00:00:01\n\n\nbad\n\n00:00:00:00:00:02\n", ["01", "02"], [8] },
        { "MacAddress,Ssid\n00:00:00:00:00:01\n00:00:00:00:00:02,b\n00:00:00:00:00:03,c,d\n", ["02"], [2, 4] },
        { "MacAddress,SignalDbm\n00:00:00:00:00:01,loud\n00:00:00:00:00:02,-5\n00:00:00:00:00:03,99999999999\n", ["02"], [2, 4] },
        { "MacAddress,Type\n00:00:00:00:00:01,Toaster\n00:00:00:00:00:02,accesspoint\n00:00:00:00:00:03,77\n", ["02"], [2, 4] },
        { "MacAddress,Packets\n00:00:00:00:00:01,-1\n00:00:00:00:00:02,\n", ["02"], [2] },
        { "MacAddress,FirstSeen\n00:00:00:00:00:01,yesterday\n00:00:00:00:00:02,2024-01-21T12:34:56Z\n", ["02"], [2] },
        { "MacAddress,Ssid\n,a\n00:00:00:00:00,b\n00:00:00:00:00:03,c\n", ["03"], [2, 3] },
        { "MacAddress,Ssid\n00:00:00:00:00:01,\"open\n00:00:00:00:00:02,b\n00:00:00:00:00:03,c\n", ["02", "03"], [2] },
        { "MacAddress,Ssid\n00:00:00:00:00:01,\"a\"b\n00:00:00:00:00:02,\"b\"\n", ["02"], [2] },
        { "MacAddress,Ssid\n00:00:00:00:00:01,\"two\nlines\"\n00:00:00:00:00:02\n00:00:00:00:00:03,c\n", ["01", "03"], [4] },
        { "MacAddress,Ssid\n00:00:00:00:00:01,a\n00:00:00:00:00:02,\"cut", ["01"], [3] },
        { "MacAddress,Ssid\n00:00:00:00:00:01,a\n00:00:00:0", ["01"], [3] },
    };

    public static TheoryData<string, string[], int[]> JsonLinesCases => new()
    {
        { "{\"MacAddress\":\"00:00:00:00:00:01\"}\n{\"macaddress\":\"00:00:00:00:00:02\"}", ["01", "02"], [] },
        { "\n{\"MacAddress\":\"00:00:00:00:00:01\"}\n\n{\"MacAddress\":\n{\"MacAddress\":\"00:00:00:00:00:02\"}\n", ["01", "02"], [4] },
        { "{\"MacAddress\":\"00:00:00:00:00:01\",\"Other\":{\"a\":[1,{}]}}\n{\"Ssid\":\"a\"}\n{}\n[]\n7\n", ["01"], [2, 3, 4, 5] },
        { "{\"MacAddress\":\"00:00:00:00:00:01\",\"SignalDbm\":\"-50\",\"Type\":1,\"Packets\":null}\n{\"MacAddress\":\"00:00:00:00:00:02\",\"SignalDbm\":1.5}\n", ["01"], [2] },
        { "{\"MacAddress\":\"00:00:00:00:00:01\",\"SignalDbm\":{}}\n{\"MacAddress\":\"00:00:00:00:00:02\",\"Clients\":[1,\"b\",[]]}\n", [], [1, 2] },
        { "{\"MacAddress\":\"00:00:00:00:00:01\"} x\n{\"MacAddress\":\"00:00:00:00:00:02\",\"Ssid\":\"\\uD800\"}\n{\"MacAddress\":\"00:00:00:00:00:03\"}\n", ["03"], [1, 2] },
        { "{\"MacAddress\":\"00:00:00:00:00:01\",\"Ssids\":[{\"Ssid\":\"a\"},5]}\n{\"MacAddress\":\"00:00:00:00:00:02\",\"Ssids\":null,\"Security\":null,\"Clients\":\"x\"}\n", ["02"], [1] },
    };

    public static TheoryData<string, string[], int[]> JsonCases => new()
    {
        { "[{\"MacAddress\":\"00:00:00:00:00:01\"},{\"MacAddress\":\"00:00:00:00:00:02\"}]", ["01", "02"], [] },
        { " {\"MacAddress\":\"00:00:00:00:00:01\"} ", ["01"], [] },
        { "\uFEFF[\n {\n \"MacAddress\": \"00:00:00:00:00:01\"\n },\n {\"MacAddress\":\"x\"},\n {\"MacAddress\":\"00:00:00:00:00:02\",\"Ssid\":\"}]\\\"\"},\n]\n", ["01", "02"], [5] },
        { "[\n{\"MacAddress\":\"00:00:00:00:00:01\"},\n{\"MacAddress\":\"00:00:00:00:00:02\"}", ["01", "02"], [3] },
        { "[\n{\"MacAddress\":\"00:00:00:00:00:01\"},\n{\"MacAddress\":\"00:00:00", ["01"], [3] },
        { "[{\"MacAddress\":\"00:00:00:00:00:01\"},\n5,{\"MacAddress\":\"00:00:00:00:00:02\"}]", ["01"], [2] },
        { "[]", [], [] },
    };

    [Theory]
    [MemberData(nameof(CsvCases))]
    public void Csv_keeps_the_good_rows_and_names_the_lines_of_the_bad(string text, string[] read, int[] bad) => Check("t.csv", text, read, bad);

    [Theory]
    [MemberData(nameof(JsonLinesCases))]
    public void JsonLines_keep_the_good_lines_and_name_the_bad(string text, string[] read, int[] bad) => Check("t.jsonl", text, read, bad);

    [Theory]
    [MemberData(nameof(JsonCases))]
    public void Json_keeps_the_good_objects_and_names_the_lines_of_the_bad(string text, string[] read, int[] bad) => Check("t.json", text, read, bad);

    [Theory]
    [InlineData("t.csv", "a,b\n1,2\n")]
    [InlineData("t.csv", "MacAddress,Ssid,ssid\n")]
    [InlineData("t.csv", "\"MacAddress\n")]
    [InlineData("t.csv", "{\"MacAddress\":\"00:00:00:00:00:01\"}")]
    [InlineData("t.json", "MacAddress,Ssid\n")]
    [InlineData("t.json", "7")]
    [InlineData("t.jsonl", "[{\"MacAddress\":\"00:00:00:00:00:01\"}]")]
    public void A_file_of_another_format_is_refused(string name, string text)
    {
        File.WriteAllText(At(name), text);
        Assert.Equal(KismetErrorId.FormatInvalid, Assert.Throws<KismetException>(() => Devices.Read(At(name))).Id);
    }

    [Fact]
    public void What_PowerShell_writes_of_the_same_objects_is_read()
    {
        // Export-Csv: quotes everywhere, times as the culture has them, lists by their text. ConvertTo-Json: enumerations by number.
        File.WriteAllText(At("t.csv"), "\"MacAddress\",\"Type\",\"IsRandomized\",\"Encryption\",\"SignalDbm\",\"FirstSeen\",\"Clients\"\r\n"
            + "\"00:0C:42:1F:65:E9\",\"AccessPoint\",\"True\",\"Wpa2, Wpa3\",\"-40\",\"01/21/2024 12:34:56 +00:00\",\"02:00:00:00:00:01; 02:00:00:00:00:02\"\r\n");
        File.WriteAllText(At("t.json"), "[{\"MacAddress\":\"00:0C:42:1F:65:E9\",\"Type\":1,\"IsRandomized\":true,\"Encryption\":24,\"SignalDbm\":-40,"
            + "\"FirstSeen\":\"2024-01-21T13:34:56+01:00\",\"Clients\":[\"02:00:00:00:00:01\",\"02:00:00:00:00:02\"]}]");
        foreach (string name in new[] { "t.csv", "t.json" })
        {
            (List<KismetDevice> devices, List<KismetException> bad) = Devices.Read(At(name));
            Assert.Empty(bad);
            KismetDevice device = Assert.Single(devices);
            Assert.Equal(KismetDeviceType.AccessPoint, device.Type);
            Assert.True(device.IsRandomized);
            Assert.Equal("Wpa2, Wpa3", device.Encryption.ToString());
            Assert.Equal(-40, device.SignalDbm);
            Assert.Equal(new DateTimeOffset(2024, 1, 21, 12, 34, 56, TimeSpan.Zero), device.FirstSeen);
            Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:02"], device.Clients);
        }
    }

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.json")]
    [InlineData("t.jsonl")]
    public void Cut_anywhere_or_damaged_anywhere_nothing_is_thrown_and_what_came_before_is_right(string name)
    {
        var random = new Random(23);
        KismetDevice[] devices = [.. Enumerable.Range(0, 4).Select(_ => Devices.Random(random))];
        Devices.Write(At(name), devices);
        byte[] whole = File.ReadAllBytes(At(name));
        DeviceFileFormat format = DeviceFileFormats.Choose(name, null);
        string[] expected = [.. Devices.Read(At(name)).Devices.Select(d => Devices.Describe(d))];

        for (int length = 0; length <= whole.Length; length++)
        {
            List<KismetDevice> read = ReadBytes(whole.AsSpan(0, length).ToArray(), format);
            Assert.True(read.Count <= expected.Length);
            for (int i = 0; i < read.Count - 1; i++)
            {
                Assert.Equal(expected[i], Devices.Describe(read[i]));
            }
        }

        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.True(ReadBytes(damaged, format).Count <= 2 * expected.Length);
        }
    }

    [Fact]
    public void A_row_or_line_over_the_cap_costs_itself_only()
    {
        string huge = new('x', CsvRowReader.MaxRowLength + 100);
        File.WriteAllText(At("t.csv"), "MacAddress,Ssid\n00:00:00:00:00:01,a\n00:00:00:00:00:02," + huge + "\n00:00:00:00:00:03,\"" + huge + "\"\n00:00:00:00:00:04,d\n");
        Check("t.csv", null, ["01", "04"], [3, 4]);
        File.WriteAllText(At("t.jsonl"), "{\"MacAddress\":\"00:00:00:00:00:01\"}\n{\"MacAddress\":\"00:00:00:00:00:02\",\"Ssid\":\"" + huge + "\"}\n{\"MacAddress\":\"00:00:00:00:00:03\"}\n");
        Check("t.jsonl", null, ["01", "03"], [2]);
    }

    private static List<KismetDevice> ReadBytes(byte[] bytes, DeviceFileFormat format)
    {
        var devices = new List<KismetDevice>();
        long bad = 0;
        try
        {
            using DeviceFileReader reader = DeviceFileReader.Open(new MemoryStream(bytes), format, e =>
            {
                Assert.Equal(KismetErrorId.RecordInvalid, e.Id);
                bad++;
            });
            while (reader.TryRead(out KismetDevice? device))
            {
                devices.Add(device);
            }

            Assert.Equal(bad, reader.BadRecords);
        }
        catch (KismetException e) when (e.Id == KismetErrorId.FormatInvalid)
        {
            Assert.Empty(devices);
        }

        return devices;
    }

    private void Check(string name, string? text, string[] read, int[] bad)
    {
        if (text is not null)
        {
            File.WriteAllText(At(name), text);
        }

        (List<KismetDevice> devices, List<KismetException> errors) = Devices.Read(At(name));
        Assert.Equal(read, devices.Select(static d => d.MacAddress[^2..]));
        Assert.All(errors, static e => Assert.Equal(KismetErrorId.RecordInvalid, e.Id));
        Assert.Equal(bad.Select(static line => $", line {line}:"), errors.Select(static e => e.Message[e.Message.IndexOf(", line", StringComparison.Ordinal)..(e.Message.IndexOf(": the", StringComparison.Ordinal) + 1)]));
    }
}
