namespace KismetPS.Kismet.Text.Server;

/// <summary>What was heard on a channel, for CHANNEL.</summary>
internal sealed class WireChannel(int number)
{
    /// <summary>Channel number.</summary>
    public int Number { get; } = number;

    /// <summary>Frames of the devices on it.</summary>
    public long Packets { get; set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Networks on it.</summary>
    public int Networks { get; set; }

    /// <summary>Networks heard since the last line.</summary>
    public int ActiveNetworks { get; set; }

    /// <summary>Strongest signal, dBm; -256: none.</summary>
    public int MaxSignal { get; set; } = -256;

    /// <summary>Highest noise, dBm; -256: none.</summary>
    public int MaxNoise { get; set; } = -256;

    /// <summary>Frames since the last line.</summary>
    public long PacketsDelta { get; set; }

    /// <summary>Bytes since the last line.</summary>
    public long BytesDelta { get; set; }
}
