using System.Net;
using System.Net.Sockets;
using KismetPS.Capture.Tzsp;

namespace KismetPS.Capture;

/// <summary>
/// Who may talk to us: addresses and networks of either family (see <see cref="NetworkRange"/>), compared as 128-bit numbers without
/// objects. IPv4 and its IPv4-mapped IPv6 form are the same. An empty list allows everybody: who must not be open to all checks <see cref="IsEmpty"/>.
/// </summary>
internal sealed class AllowList
{
    private readonly Entry[] _entries;

    /// <summary>Makes one; an empty list allows everybody.</summary>
    public AllowList(IReadOnlyList<IPNetwork> networks)
    {
        _entries = new Entry[networks.Count];
        for (int i = 0; i < _entries.Length; i++)
        {
            SensorAddress address = SensorAddress.From(networks[i].BaseAddress, 0);

            // IPv4 10.0.0.0/8 is ::ffff:10.0.0.0/104.
            int length = networks[i].PrefixLength + (networks[i].BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0);
            UInt128 mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);
            _entries[i] = new Entry(new UInt128(address.High, address.Low) & mask, mask);
        }
    }

    /// <summary>Whether nobody is named, so that everybody is allowed.</summary>
    public bool IsEmpty => _entries.Length == 0;

    /// <summary>Single addresses of the list, to be kept alive even before they were heard.</summary>
    public IEnumerable<SensorAddress> Hosts
    {
        get
        {
            foreach (Entry entry in _entries)
            {
                if (entry.Mask == UInt128.MaxValue)
                {
                    yield return new SensorAddress((ulong)(entry.Network >> 64), (ulong)entry.Network, 0, 0);
                }
            }
        }
    }

    /// <summary>Whether somebody there may talk to us.</summary>
    public bool Allows(IPAddress address) => Allows(SensorAddress.From(address, 0));

    /// <summary>Whether messages from there are taken.</summary>
    public bool Allows(in SensorAddress address)
    {
        if (_entries.Length == 0)
        {
            return true;
        }

        UInt128 number = new(address.High, address.Low);
        foreach (ref readonly Entry entry in _entries.AsSpan())
        {
            if ((number & entry.Mask) == entry.Network)
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Entry(UInt128 Network, UInt128 Mask);
}
