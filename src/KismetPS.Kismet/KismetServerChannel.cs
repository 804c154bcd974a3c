namespace KismetPS.Kismet;

/// <summary>What a Kismet server tells of one channel.</summary>
public sealed class KismetServerChannel
{
    /// <summary>Channel number.</summary>
    public int Channel { get; init; }

    /// <summary>Its frequency, MHz; null where it is not told. The same number stands for different channels of two bands.</summary>
    public int? FrequencyMHz { get; init; }

    /// <summary>Packets heard on it; of an HTTP server in the last hour.</summary>
    public long Packets { get; init; }

    /// <summary>Bytes of them; of an HTTP server those of data.</summary>
    public long Bytes { get; init; }

    /// <summary>Networks on it; an HTTP server does not count them.</summary>
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
