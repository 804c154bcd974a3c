using System.Globalization;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

public sealed class RoundTripTests : TestFolder
{
    private const int Rows = 400;

    [Theory]
    [InlineData("all.json", 1)]
    [InlineData("all.json", 2)]
    [InlineData("all.jsonl", 3)]
    [InlineData("all.ndjson", 4)]
    public void Json_gives_every_field_back_exactly(string name, int seed)
    {
        KismetDevice[] devices = Make(seed);
        Devices.Write(At(name), devices);
        (List<KismetDevice> read, var bad) = Devices.Read(At(name));

        Assert.Empty(bad);
        AssertSame(devices, read, details: true);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Csv_gives_flat_fields_and_the_texts_of_details_back_exactly(int seed)
    {
        KismetDevice[] devices = Make(seed);
        Devices.Write(At("all.csv"), devices);
        (List<KismetDevice> read, var bad) = Devices.Read(At("all.csv"));

        Assert.Empty(bad);
        AssertSame(devices, read, details: false);
        Assert.Equal(devices.Select(d => d.ProbedSsids.AsEnumerable()), read.Select(d => d.ProbedSsids.AsEnumerable()));
        Assert.Equal(devices.Select(d => d.Clients.AsEnumerable()), read.Select(d => d.Clients.AsEnumerable()));
        Assert.Equal(devices.Select(d => d.Ssids.Select(s => s.Ssid)), read.Select(d => d.Ssids.Select(s => s.Ssid)));
        Assert.Equal(devices.Select(d => d.Security.Text), read.Select(d => d.Security.Text));
        Assert.Equal(
            devices.Select(d => d.Sensors.Select(s => (s.SensorId, s.SignalDbm))),
            read.Select(d => d.Sensors.Select(s => (s.SensorId, s.SignalDbm))));
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.json")]
    [InlineData("x.jsonl")]
    public void The_culture_changes_no_byte(string name)
    {
        KismetDevice[] devices = Make(7);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            Devices.Write(At("invariant-" + name), devices);
            foreach (CultureInfo culture in new[] { Comma(), Dotless() })
            {
                CultureInfo.CurrentCulture = culture;
                Devices.Write(At(name), devices);
                Assert.Equal(File.ReadAllBytes(At("invariant-" + name)), File.ReadAllBytes(At(name)));
                Assert.Equal(devices.Length, Devices.Read(At(name)).Devices.Count);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("none.csv")]
    [InlineData("none.json")]
    [InlineData("none.jsonl")]
    public void No_device_makes_a_file_that_reads_as_none(string name)
    {
        Devices.Write(At(name), []);
        Assert.Empty(Devices.Read(At(name)).Devices);
        File.WriteAllText(At(name), string.Empty);
        Assert.Empty(Devices.Read(At(name)).Devices);
    }

    private static void AssertSame(IReadOnlyList<KismetDevice> expected, IReadOnlyList<KismetDevice> actual, bool details)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(Devices.Describe(expected[i], details), Devices.Describe(actual[i], details));
        }
    }

    private static KismetDevice[] Make(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => Devices.Random(random))];
    }

    // The process runs without culture data, so the cultures that break careless code are made by hand.
    private static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }

    private static CultureInfo Dotless()
    {
        CultureInfo culture = Comma();
        culture.DateTimeFormat.Calendar = new GregorianCalendar(GregorianCalendarTypes.Localized);
        culture.DateTimeFormat.AMDesignator = "ÖÖ";
        return culture;
    }
}
