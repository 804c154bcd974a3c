namespace KismetPS.Kismet;

/// <summary>What a Kismet server tells of one channel.</summary>
public sealed class KismetServerChannel
{
    /// <summary>Channel number.</summary>
    public int Channel { get; init; }

    /// <summary>Packets heard on it.</summary>
    public long Packets { get; init; }

    /// <summary>Bytes of them.</summary>
    public long Bytes { get; init; }

    /// <summary>Networks on it.</summary>
    public int Networks { get; init; }

    /// <summary>Those of them heard lately.</summary>
    public int ActiveNetworks { get; init; }

    /// <summary>Strongest signal, dBm.</summary>
    public int? SignalMaxDbm { get; init; }

    /// <summary>Highest noise, dBm.</summary>
    public int? NoiseMaxDbm { get; init; }

    /// <summary>Channel and packets.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Channel}={Packets}");
}
