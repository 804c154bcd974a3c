using System.Net;
using System.Net.Sockets;
using KismetPS.Export.Transports;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

public sealed class TcpConnectorTests
{
    [Fact]
    public void A_socket_connected_to_itself_is_told_from_a_receiver()
    {
        using var alone = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        alone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        alone.Connect(alone.LocalEndPoint!);
        Assert.True(TcpConnector.IsItself(alone));
        using var receiver = new LineReceiver();
        using Socket other = TcpConnector.Connect("127.0.0.1", receiver.Port, "there", Waiting.Patience, default);
        Assert.False(TcpConnector.IsItself(other));
    }
}
