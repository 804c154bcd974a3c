namespace KismetPS.Kismet.Text.Values;

/// <summary>STATUS.flags of newcore.</summary>
[Flags]
internal enum MessageFlags
{
    None = 0,
    Debug = 1,
    Info = 2,
    Error = 4,
    Alert = 8,
    Fatal = 16,

    /// <summary>Meant for the server's own screen.</summary>
    Local = 32,
    Print = 64,
}
