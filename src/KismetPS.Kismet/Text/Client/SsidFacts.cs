namespace KismetPS.Kismet.Text.Client;

/// <summary>What SSID tells of a name of a network, or NETWORK of its only one.</summary>
internal sealed class SsidFacts
{
    /// <summary>Newcore's key; 0 in stable.</summary>
    public long Checksum { get; init; }

    /// <summary>The name as it came, to know it again without making text.</summary>
    public byte[] Raw { get; private set; } = [];

    /// <summary>The name as users see it; empty when hidden.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The row under which users find it, null while there is none.</summary>
    public TextNetworkRow? Row { get; set; }

    public Values.SsidType Type { get; set; }

    public ulong CryptSet { get; private set; }

    public bool Cloaked { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    public double MaxRateMbps { get; private set; }

    public int BeaconRate { get; private set; }

    public long Packets { get; set; }

    public long Beacons { get; set; }

    public int Wps { get; set; }

    public string? Manufacturer { get; set; }

    public string? DeviceName { get; set; }

    public string? Model { get; set; }

    public string? Country { get; set; }

    /// <summary>Whether it was asked for, not advertised.</summary>
    public bool IsProbe => Type == Values.SsidType.ProbeRequest;

    /// <summary>Takes the name; true when it is another.</summary>
    public bool SetName(ReadOnlySpan<byte> raw)
    {
        if (raw.SequenceEqual(Raw))
        {
            return false;
        }

        Raw = raw.ToArray();
        Name = UserText.Of(raw);
        return true;
    }

    /// <summary>Takes what was heard of it.</summary>
    public void Set(in HeardFacts facts)
    {
        CryptSet = facts.CryptSet;
        Cloaked = facts.Cloaked;
        First = facts.First;
        Last = facts.Last;
        MaxRateMbps = facts.MaxRateMbps;
        BeaconRate = facts.BeaconRate;
    }
}
