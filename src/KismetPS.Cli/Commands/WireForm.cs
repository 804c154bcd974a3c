namespace KismetPS.Cli.Commands;

/// <summary>What bytes given to decode are.</summary>
internal enum WireForm
{
    Auto,
    Tzsp,
    Dot11,
    Radiotap,
    Prism,
    Avs,
    Ppi,
}
