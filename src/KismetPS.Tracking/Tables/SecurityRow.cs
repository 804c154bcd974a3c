using KismetPS.Wireless.Security;

namespace KismetPS.Tracking.Tables;

/// <summary><see cref="SecurityFacts"/> in 16 bytes.</summary>
internal record struct SecurityRow
{
    public KeyManagement KeyManagement;
    public WirelessEncryption Encryption;
    private ushort _pairwise;
    private ushort _group;
    private ushort _groupManagement;
    private byte _flags;

    /// <summary>Packs the facts.</summary>
    public static SecurityRow From(in SecurityFacts facts) => new()
    {
        KeyManagement = facts.KeyManagement,
        Encryption = facts.Encryption,
        _pairwise = (ushort)facts.PairwiseCiphers,
        _group = (ushort)facts.GroupCiphers,
        _groupManagement = (ushort)facts.GroupManagementCipher,
        _flags = (byte)((facts.MfpCapable ? 1 : 0) | (facts.MfpRequired ? 2 : 0) | (facts.SaeHashToElement ? 4 : 0) | (facts.OweTransition ? 8 : 0)),
    };

    /// <summary>Unpacks them.</summary>
    public readonly SecurityFacts ToFacts() => new()
    {
        KeyManagement = KeyManagement,
        Encryption = Encryption,
        PairwiseCiphers = (CipherSuites)_pairwise,
        GroupCiphers = (CipherSuites)_group,
        GroupManagementCipher = (CipherSuites)_groupManagement,
        MfpCapable = (_flags & 1) != 0,
        MfpRequired = (_flags & 2) != 0,
        SaeHashToElement = (_flags & 4) != 0,
        OweTransition = (_flags & 8) != 0,
    };
}
