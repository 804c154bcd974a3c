namespace KismetPS.Cli.Emissions;

/// <summary>What a stream gives.</summary>
internal enum EmitKind
{
    Device,
    Network,
    Frame,
    Packet,
    Alert,
    Sentence,
}
