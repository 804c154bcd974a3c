namespace KismetPS.TestKit.Frames;

/// <summary>Payloads of RSN and WPA elements (IEEE Std 802.11-2020 9.4.2.24) from suite numbers.</summary>
public static class SecurityElements
{
    /// <summary>RSN payload; every number is a suite type under 00-0F-AC.</summary>
    public static byte[] Rsn(byte group, byte[] pairwise, byte[] akms, ushort? capabilities = 0, byte? groupManagement = null) =>
    [
        1, 0,
        0x00, 0x0F, 0xAC, group,
        (byte)pairwise.Length, 0, .. Suites([0x00, 0x0F, 0xAC], pairwise),
        (byte)akms.Length, 0, .. Suites([0x00, 0x0F, 0xAC], akms),
        .. capabilities is ushort value ? [(byte)value, (byte)(value >> 8)] : Array.Empty<byte>(),
        .. groupManagement is byte cipher ? [0, 0, 0x00, 0x0F, 0xAC, cipher] : Array.Empty<byte>(),
    ];

    /// <summary>Payload of the WPA vendor element, OUI and type included; suite numbers under 00-50-F2.</summary>
    public static byte[] Wpa(byte group = 2, byte[]? pairwise = null, byte[]? akms = null)
    {
        pairwise ??= [2];
        akms ??= [2];
        return
        [
            0x00, 0x50, 0xF2, 1,
            1, 0,
            0x00, 0x50, 0xF2, group,
            (byte)pairwise.Length, 0, .. Suites([0x00, 0x50, 0xF2], pairwise),
            (byte)akms.Length, 0, .. Suites([0x00, 0x50, 0xF2], akms),
        ];
    }

    private static byte[] Suites(byte[] oui, byte[] types)
    {
        var bytes = new List<byte>();
        foreach (byte type in types)
        {
            bytes.AddRange(oui);
            bytes.Add(type);
        }

        return bytes.ToArray();
    }
}
