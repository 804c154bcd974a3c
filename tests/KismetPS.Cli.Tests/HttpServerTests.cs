using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KismetPS.Kismet;
using KismetPS.TestKit.Web;
using Xunit;

namespace KismetPS.Cli.Tests;

/// <summary>The program and servers that speak HTTP.</summary>
public sealed class HttpServerTests : CliFolder
{
    private const string Key = "FEDCBA9876543210FEDCBA9876543210";
    private const string Device = """
        {"kismet.device.base.key":"K1","kismet.device.base.macaddr":"02:00:00:00:00:01","kismet.device.base.phyname":"IEEE802.11","kismet.device.base.type":"Wi-Fi AP",
        "kismet.device.base.channel":"6","kismet.device.base.last_time":1700000000,"kismet.device.base.packets.total":5,
        "dot11.device":{"dot11.device.last_beaconed_ssid_record":{"dot11.advertisedssid.ssid":"lab"}}}
        """;

    [Fact]
    public void Connect_tells_what_the_server_knows_with_a_key_of_the_environment_a_file_or_the_line()
    {
        File.WriteAllText(At("key"), Key + "\n");
        using KismetWeb web = Web();
        web.Keys[Key] = "readonly";
        string[] common = ["connect", "127.0.0.1", "--port", $"{web.Port}", "--emit", "Device", "--json", "--count", "1", "--duration", "60"];
        AssertTold(CliProcess.RunWith("KISMETPS_API_KEY", Key, common));
        AssertTold(CliProcess.Run([.. common, "--api-key-file", At("key")]));
        AssertTold(CliProcess.Run([.. common, "--api-key", Key]));
        CliResult without = CliProcess.Run(common);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("[AuthenticationFailed]", without.Error, StringComparison.Ordinal);
        CliResult wrong = CliProcess.RunWith("KISMETPS_API_KEY", Key[1..], common);
        Assert.Contains("[AuthenticationFailed]", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[1..], wrong.Error, StringComparison.Ordinal);
        Assert.Empty(web.Unnamed);
    }

    [Fact]
    public void Connect_logs_in_and_goes_through_a_proxys_path()
    {
        using KismetWeb web = Web("/site/kismet");
        web.Password = "geheim5";
        string[] common = ["connect", "--uri", $"http://127.0.0.1:{web.Port}/site/kismet", "--emit", "Device", "--json", "--count", "1", "--duration", "60"];
        AssertTold(CliProcess.RunWith("KISMETPS_PASSWORD", "geheim5", [.. common, "--credential", "kismet"]));
        AssertTold(CliProcess.Run([.. common, "--credential", "kismet:geheim5"]));
        CliResult none = CliProcess.Run([.. common, "--credential", "kismet"]);
        Assert.Contains("KISMETPS_PASSWORD", none.Error, StringComparison.Ordinal);
        CliResult wrong = CliProcess.Run([.. common, "--credential", "kismet:falsch77"]);
        Assert.Contains("[AuthenticationFailed]", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("falsch77", wrong.Error, StringComparison.Ordinal);
        CliResult secret = CliProcess.Run("connect", "--uri", $"http://u:geheim5@127.0.0.1:{web.Port}/", "--duration", "1");
        Assert.Contains("[ArgumentInvalid]", secret.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim5", secret.Error, StringComparison.Ordinal);
        Assert.Equal(2, CliProcess.Run("connect", "box", "--uri", "http://box/").ExitCode);
        Assert.Equal(2, CliProcess.Run("connect", "box", "--api-key", "a", "--credential", "b").ExitCode);
        Assert.Equal(2, CliProcess.Run("connect", "box", "--drone", "--api-key", "a").ExitCode);
    }

    [Fact]
    public void A_key_of_the_environment_is_not_for_servers_that_want_none()
    {
        using KismetServer server = KismetServer.Start([], new KismetServerOptions { Address = IPAddress.Loopback, Port = 0 });
        CliResult result = CliProcess.RunWith("KISMETPS_API_KEY", Key, "connect", "127.0.0.1", "--port", $"{server.Port}", "--duration", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("connected to", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:")]
    [InlineData("127.0.0.1:")]
    public async Task Export_sends_on_what_a_server_tells(string address)
    {
        using KismetWeb web = Web();
        web.Keys[Key] = "readonly";
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        TaskCompletionSource<string?> line = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task reading = Task.Run(() =>
        {
            using TcpClient client = listener.AcceptTcpClient();
            client.ReceiveTimeout = 180_000;
            using StreamReader reader = new(client.GetStream());
            string? text;
            do
            {
                text = reader.ReadLine();
            }
            while (text?.Contains("02:00:00:00:00:01", StringComparison.Ordinal) == false);
            line.SetResult(text);
            while (reader.ReadLine() is not null)
            {
                // Until the program ends.
            }
        });

        // Where there are signals it ends when the device was told, however long that takes.
        string most = OperatingSystem.IsWindows() ? "10" : "180";
        using CliProcess export = CliProcess.StartWith(
            "KISMETPS_API_KEY", Key, "export", "--from", address + web.Port, "--to", "127.0.0.1", "--port", $"{((IPEndPoint)listener.LocalEndpoint).Port}", "--protocol", "Tcp", "--update-rate", "1", "--duration", most);
        export.WaitUntil(_ => line.Task.IsCompleted);
        Assert.Contains("lab", await line.Task, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            export.Signal("TERM");
        }

        CliResult result = export.WaitForEnd();
        await reading;
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"connected to http://127.0.0.1:{web.Port}/", result.Error, StringComparison.Ordinal);
        Assert.Empty(web.Unnamed);
        Assert.Equal(2, CliProcess.Run("export", "--from", "box", "--listen", "0", "--to", "x").ExitCode);
        Assert.Equal(2, CliProcess.Run("export", "--listen", "0", "--to", "x", "--api-key", "k").ExitCode);
        Assert.Contains("[ConnectionRefused]", CliProcess.Run("export", "--from", "http://127.0.0.1:1", "--to", "x").Error, StringComparison.Ordinal);
    }

    private static KismetWeb Web(string prefix = "")
    {
        KismetWeb web = new(prefix: prefix);
        web.Put(Device);
        return web;
    }

    private static void AssertTold(CliResult result)
    {
        Assert.Equal(0, result.ExitCode);
        JsonElement device = JsonDocument.Parse(result.Lines[0]).RootElement;
        Assert.Equal("lab", Field(device, "Ssid"));
        Assert.Contains("2025.09", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, result.Error + result.Out, StringComparison.Ordinal);
    }

    // A change has its device inside.
    private static string? Field(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : element.GetProperty("Device").GetProperty(name).GetString();
}
