namespace KismetPS.Kismet.Text.Values;

/// <summary>SSID.type of newcore: where the name was heard.</summary>
internal enum SsidType
{
    Beacon = 0,
    ProbeResponse = 1,
    ProbeRequest = 2,

    /// <summary>Not heard but remembered; its checksum is 0.</summary>
    File = 3,
}
