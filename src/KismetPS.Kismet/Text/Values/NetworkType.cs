namespace KismetPS.Kismet.Text.Values;

/// <summary>NETWORK.type and BSSID.type. The numbers are newcore's; <see cref="WireValue"/> has those of stable.</summary>
internal enum NetworkType
{
    AccessPoint = 0,
    AdHoc = 1,
    Probe = 2,
    Turbocell = 3,
    Data = 4,

    /// <summary>Newcore's client groups networks; no server sends it.</summary>
    Mixed = 255,

    /// <summary>Goes away; 5 in stable.</summary>
    Remove = 256,
}
