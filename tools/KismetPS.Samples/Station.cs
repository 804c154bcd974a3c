using KismetPS.Wireless;

namespace KismetPS.Samples;

/// <summary>A radio in the scene: its address, and how loud each of the three sensors hears it (dBm).</summary>
public class Station(string address, int near, int east, int west)
{
    private int _sequence = (int)(MacAddress.Parse(address).Value & 0xFFF);

    public MacAddress Address { get; } = MacAddress.Parse(address);

    public string Text => Address.ToString();

    /// <summary>Signal at the office sensor, the east sensor and the west sensor.</summary>
    public int[] Signal { get; } = [near, east, west];

    /// <summary>The number of its next frame.</summary>
    public int NextSequence() => _sequence = (_sequence + 1) & 0xFFF;
}
