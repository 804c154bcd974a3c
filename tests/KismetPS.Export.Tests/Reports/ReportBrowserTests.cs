using System.Globalization;
using System.Text;
using KismetPS.Capture;
using KismetPS.Export.Reports;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Export.Tests.Reports;

public sealed class ReportBrowserTests
{
    private const int Many = 10_000;

    private static readonly DateTimeOffset s_begin = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_hostile =
    [
        "</script><script>window.ran = 1</script>", "<!--<script>", "<img src=x onerror='window.ran = 1'>", "\u2028window.ran = 1\u2029", "{{script}}", "\"];window.ran=1;//",
    ];

    [Fact]
    public void No_name_from_the_air_is_markup()
    {
        string html = Encoding.UTF8.GetString(Write(Content()));
        Assert.DoesNotContain("window.ran = 1</script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2028", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("</script>").Length - 1);
        Assert.DoesNotContain("http://", html.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_stays_bounded_and_loses_no_reading()
    {
        var series = new SignalSeries();
        for (int i = 0; i < 5000; i++)
        {
            series.Add(s_begin.AddSeconds(i * 7), -30 - (i % 50));
        }

        Assert.InRange(series.Steps.Count, 30, SignalSeries.Capacity);
        Assert.Equal(5000, series.Steps.Sum(static s => s.Count));
        Assert.Equal(-79, series.Steps.Min(static s => s.Min));
        Assert.Equal(-30, series.Steps.Max(static s => s.Max));
        Assert.Equal(series.Steps.Select(static s => s.Slot).Order(), series.Steps.Select(static s => s.Slot));
    }

    [ChromiumFact]
    public async Task Ten_thousand_devices_sort_and_filter_in_a_browser_and_nothing_of_theirs_runs()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html");
        try
        {
            await File.WriteAllBytesAsync(path, Write(Content()));
            using Browser browser = await Browser.StartAsync();
            await browser.OpenAsync(path);
            Assert.Equal("yes", (await browser.RunAsync("return document.documentElement.dataset.ready")).GetString());
            Assert.True((await browser.RunAsync("return window.ran === undefined && document.scripts.length === 2 && document.images.length === 0")).GetBoolean());
            Assert.Equal("<b>title</b>", (await browser.RunAsync("return document.querySelector('h1').textContent")).GetString());

            const string First = "return document.querySelector('#devices tbody tr td').textContent";
            await browser.RunAsync("document.querySelector('#devices th button').click()");
            string low = (await browser.RunAsync(First)).GetString()!;
            await browser.RunAsync("document.querySelector('#devices th button').click()");
            Assert.Equal("02:00:00:00:00:00", low);
            Assert.Equal("02:00:00:00:27:0F", (await browser.RunAsync(First)).GetString());

            await browser.RunAsync("const i = document.querySelector('#devices input'); i.value = '00:12:34'; i.dispatchEvent(new Event('input'))");
            Assert.Equal(1, (await browser.RunAsync("return document.querySelectorAll('#devices tbody tr').length")).GetInt32());
            await browser.RunAsync("document.querySelector('#devices tbody tr').click()");
            Assert.True((await browser.RunAsync("return document.querySelectorAll('#detail dd').length > 0 && document.querySelectorAll('#signal polyline').length > 0")).GetBoolean());
            Assert.Contains(s_hostile[1], (await browser.RunAsync("return document.querySelector('#networks tbody').textContent")).GetString(), StringComparison.Ordinal);
            Assert.Equal(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, (await browser.ScreenshotAsync())[..4]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ReportContent Content()
    {
        var content = new ReportContent();
        for (int i = 0; i < Many; i++)
        {
            content.Add(Device(i, 0));
        }

        content.Add(Device(0, 20));
        content.Add(Device(0, 40));
        return content;
    }

    private static KismetDevice Device(int i, int seconds)
    {
        string? name = i < s_hostile.Length ? s_hostile[i] : i % 10 == 0 ? $"net{i}" : null;
        return new KismetDevice
        {
            MacAddress = string.Create(CultureInfo.InvariantCulture, $"02:00:00:00:{i >> 8:X2}:{i & 255:X2}"),
            Type = name is null ? KismetDeviceType.Client : KismetDeviceType.AccessPoint,
            Ssid = name,
            Channel = 1 + (i % 11),
            FrequencyMHz = 2412 + (5 * (i % 11)),
            Encryption = WirelessEncryption.Wpa2,
            SignalDbm = -40 - (seconds % 50),
            SignalMinDbm = -90,
            SignalMaxDbm = -40,
            Packets = Many - i,
            FirstSeen = s_begin,
            LastSeen = s_begin.AddSeconds(i + seconds),
            Ssids = name is null ? DetailList<KismetSsid>.Empty : new([new KismetSsid { Ssid = name, Encryption = WirelessEncryption.Wpa2, FirstSeen = s_begin, LastSeen = s_begin }]),
        };
    }

    private static byte[] Write(ReportContent content)
    {
        using var stream = new MemoryStream();
        ReportFile.Write(stream, content, new ReportOptions { Title = "<b>title</b>" });
        return stream.ToArray();
    }
}
