using System.Runtime.CompilerServices;
using KismetPS.Wireless;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Where devices were found a moment ago: most are looked for more than once a frame, and soon again. One place for an address, the last to come has it. A
/// place may tell of a device that has gone: whoever asks for a row looks whether it is still the one.
/// </summary>
internal sealed class RecentDevices
{
    // 32 KiB: more stations than are on the air at one place at one time.
    private const int Bits = 11;

    private readonly (ulong Address, int Row)[] _places = new (ulong, int)[1 << Bits];

    /// <summary>Notes where a device was found.</summary>
    public void Remember(ulong address, int row) => _places[Place(address)] = (address, row);

    /// <summary>Whether a device was looked for a moment ago, so that nothing of it has to be fetched. 0, which is no device, always was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(ulong address) => _places[Place(address)].Address == address;

    /// <summary>The row a device had; false: it is not remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(MacAddress address, out int row)
    {
        (ulong remembered, row) = _places[Place(address.Value)];
        return remembered == address.Value;
    }

    // Of an address the last bits differ most; who picks his to meet another's costs us a search in the index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(ulong address) => (int)(address ^ (address >> Bits)) & ((1 << Bits) - 1);
}
