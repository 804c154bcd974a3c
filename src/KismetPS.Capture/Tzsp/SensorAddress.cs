using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Where a datagram came from, as a value: IPv4 as its IPv4-mapped IPv6 form, so that a sensor is the same on either kind of socket.
/// Equality leaves out the port: a sensor may send from another one after a restart.
/// </summary>
internal readonly struct SensorAddress : IEquatable<SensorAddress>
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Makes one from the 128 bits of its address, high half first.</summary>
    public SensorAddress(ulong high, ulong low, uint scope, int port)
    {
        _high = high;
        _low = low;
        Scope = scope;
        Port = port;
    }

    /// <summary>First 64 bits.</summary>
    public ulong High => _high;

    /// <summary>Last 64 bits.</summary>
    public ulong Low => _low;

    /// <summary>Interface of a link-local address, else 0.</summary>
    public uint Scope { get; }

    /// <summary>UDP port.</summary>
    public int Port { get; }

    /// <summary>No address: bare TZSP in a file.</summary>
    public bool IsNone => _high == 0 && _low == 0;

    /// <summary>From the four bytes of an IPv4 address.</summary>
    public static SensorAddress FromIPv4(ReadOnlySpan<byte> address, int port) =>
        new(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(address), 0, port);

    /// <summary>From the sixteen bytes of an IPv6 address.</summary>
    public static SensorAddress FromIPv6(ReadOnlySpan<byte> address, uint scope, int port) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), scope, port);

    /// <summary>From an address object.</summary>
    public static SensorAddress From(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 4
            ? FromIPv4(bytes, port)
            : FromIPv6(bytes, address.IsIPv6LinkLocal ? (uint)address.ScopeId : 0, port);
    }

    /// <summary>From a sockaddr of this system (the layout behind <see cref="SocketAddress"/>); none where it is of another family.</summary>
    public static SensorAddress FromSockaddr(ReadOnlySpan<byte> sockaddr, AddressFamily family)
    {
        // sockaddr_in: family 2, port 2, address 4. sockaddr_in6: family 2, port 2, flow 4, address 16, scope 4 (of this machine's byte order).
        switch (family)
        {
            case AddressFamily.InterNetwork when sockaddr.Length >= 8:
                return FromIPv4(sockaddr[4..], BinaryPrimitives.ReadUInt16BigEndian(sockaddr[2..]));
            case AddressFamily.InterNetworkV6 when sockaddr.Length >= 24:
                uint scope = sockaddr.Length >= 28 ? BitConverter.ToUInt32(sockaddr[24..]) : 0;
                return FromIPv6(sockaddr[8..], scope, BinaryPrimitives.ReadUInt16BigEndian(sockaddr[2..]));
            default:
                return default;
        }
    }

    /// <summary>As an address object, IPv4 where it is one.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
        return IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes, Scope);
    }

    /// <inheritdoc/>
    public bool Equals(SensorAddress other) => _low == other._low && _high == other._high && Scope == other.Scope;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SensorAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, Scope);

    /// <summary>Address and port, <c>192.0.2.1:40000</c> or <c>[2001:db8::1]:40000</c>.</summary>
    public override string ToString() => new IPEndPoint(ToIPAddress(), Port).ToString();

    private bool IsIPv4 => _high == 0 && (_low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;
}
