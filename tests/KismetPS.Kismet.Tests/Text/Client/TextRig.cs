using KismetPS.Kismet.Connections;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>What tests over scripted text servers share.</summary>
internal static class TextRig
{
    /// <summary>How long anything may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Options for a server that is known to speak text. Scripted ones say nothing unless asked, and are not given up for it; all that they know is there when
    /// the session is.
    /// </summary>
    public static KismetConnectionOptions Options(int port) => new()
    {
        ComputerName = "127.0.0.1",
        Port = port,
        Protocol = KismetServerProtocol.Text,
        ConnectTimeout = Patience,
        FirstLook = Patience,
        SilenceTimeout = TimeSpan.FromMinutes(10),
    };

    public static KismetConnection Open(int port) => KismetConnection.Start(Options(port), ServerLinks.Create);

    public static async Task Until(Func<bool> condition)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to that.");
            await Task.Delay(20);
        }
    }
}
