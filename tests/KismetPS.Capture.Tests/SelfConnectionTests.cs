using System.Net;
using System.Net.Sockets;
using Xunit;

namespace KismetPS.Capture.Tests;

public sealed class SelfConnectionTests
{
    [Fact]
    public void ASocketConnectedToItselfIsRefusedAsAPortThatNobodyListensOn()
    {
        using Socket alone = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        alone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        alone.Connect(alone.LocalEndPoint!);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => SelfConnection.Refuse(alone)).SocketErrorCode);
    }

    [Fact]
    public void AnotherListenerIsNone()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Connect(listener.LocalEndpoint);
        SelfConnection.Refuse(other);
        Assert.False(SelfConnection.Is(other));
    }
}
