using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using KismetPS.TestKit;

namespace KismetPS.Export.Tests.Reports;

/// <summary>A headless Chromium, driven over HTTP as W3C WebDriver says.</summary>
internal sealed class Browser : IDisposable
{
    private readonly Process _driver;
    private readonly HttpClient _http;
    private readonly string _session;

    private Browser(Process driver, HttpClient http, string session)
    {
        _driver = driver;
        _http = http;
        _session = session;
    }

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static async Task<Browser> StartAsync()
    {
        // One that draws its own port tells 0 where there is no IPv6.
        int port = FreePort.Next();
        Process driver = Process.Start(new ProcessStartInfo(Find("chromedriver")!, [string.Create(CultureInfo.InvariantCulture, $"--port={port}")]) { RedirectStandardOutput = true })!;
        while (await driver.StandardOutput.ReadLineAsync() is string line && !line.Contains("started successfully", StringComparison.Ordinal))
        {
            // Until it listens.
        }

        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(5) };
        var options = new Dictionary<string, object> { ["binary"] = Find("chromium")!, ["args"] = new[] { "--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1400" } };
        var capabilities = new { capabilities = new { alwaysMatch = new Dictionary<string, object> { ["browserName"] = "chrome", ["goog:chromeOptions"] = options } } };
        using HttpResponseMessage answer = await http.PostAsync("session", Body(capabilities));
        JsonElement value = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value");
        return new Browser(driver, http, $"session/{value.GetProperty("sessionId").GetString()}");
    }

    public Task OpenAsync(string path) => PostAsync("url", new { url = new Uri(path).AbsoluteUri });

    /// <summary>Runs a function body in the page and gives what it returns.</summary>
    public Task<JsonElement> RunAsync(string script) => PostAsync("execute/sync", new { script, args = Array.Empty<object>() });

    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((await _http.GetFromJsonAsync<JsonElement>(_session + "/screenshot")).GetProperty("value").GetString()!);

    public void Dispose()
    {
        using var end = new HttpRequestMessage(HttpMethod.Delete, _session);
        _http.Send(end).Dispose();
        _http.Dispose();
        _driver.Kill(entireProcessTree: true);
        _driver.Dispose();
    }

    // With a length: the driver closes the connection on a body in chunks.
    private static StringContent Body(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private async Task<JsonElement> PostAsync(string command, object body)
    {
        using HttpResponseMessage answer = await _http.PostAsync($"{_session}/{command}", Body(body));
        JsonElement value = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value");
        return answer.IsSuccessStatusCode ? value : throw new InvalidOperationException(value.ToString());
    }
}
