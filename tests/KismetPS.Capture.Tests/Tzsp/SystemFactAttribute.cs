using System.Net;
using System.Net.Sockets;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>A test that needs something of the system; skipped with the reason where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SystemFactAttribute : FactAttribute
{
    public SystemFactAttribute(SystemNeed need) => Skip = need switch
    {
        SystemNeed.Linux when !OperatingSystem.IsLinux() => "Linux only: other systems do not tell their drops.",
        SystemNeed.IPv6 => IPv6Loopback.SkipReason,

        // Linux and Windows answer on all of 127.0.0.0/8, macOS on 127.0.0.1 alone.
        SystemNeed.LoopbackAliases when !CanBind(IPAddress.Parse("127.0.0.2")) => "No loopback addresses besides 127.0.0.1.",
        _ => null,
    };

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>What a test needs.</summary>
public enum SystemNeed
{
    Linux,
    IPv6,
    LoopbackAliases,
}
