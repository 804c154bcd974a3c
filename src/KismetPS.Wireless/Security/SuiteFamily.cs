using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KismetPS.Wireless.Security;

/// <summary>
/// The suites of one organisation and the element that lists them. A selector is three bytes of OUI and a type: IEEE Std 802.11-2020 tables
/// 9-149 and 9-151 and their amendments, and those of WPA before them. The elements of both begin alike: version, group cipher, pairwise ciphers,
/// key management suites.
/// </summary>
internal sealed class SuiteFamily
{
    public const int Size = 4;

    // Indexed by type. Looked up rather than switched on: neighbouring networks have different suites, and the branches were guessed wrong.
    private static readonly CipherSuites[] s_rsnCiphers =
    [
        CipherSuites.UseGroup,
        CipherSuites.Wep40,
        CipherSuites.Tkip,
        CipherSuites.Other,
        CipherSuites.Ccmp128,
        CipherSuites.Wep104,
        CipherSuites.BipCmac128,
        CipherSuites.NoGroupTraffic,
        CipherSuites.Gcmp128,
        CipherSuites.Gcmp256,
        CipherSuites.Ccmp256,
        CipherSuites.BipGmac128,
        CipherSuites.BipGmac256,
        CipherSuites.BipCmac256,
    ];

    private static readonly KeyManagement[] s_rsnKeyManagementSuites =
    [
        KeyManagement.Other,
        KeyManagement.Dot1X,
        KeyManagement.Psk,
        KeyManagement.FtDot1X,
        KeyManagement.FtPsk,
        KeyManagement.Dot1XSha256,
        KeyManagement.PskSha256,
        KeyManagement.Tdls,
        KeyManagement.Sae,
        KeyManagement.FtSae,
        KeyManagement.Other,
        KeyManagement.SuiteB,
        KeyManagement.SuiteB192,
        KeyManagement.FtDot1XSha384,
        KeyManagement.FilsSha256,
        KeyManagement.FilsSha384,
        KeyManagement.FtFilsSha256,
        KeyManagement.FtFilsSha384,
        KeyManagement.Owe,
        KeyManagement.FtPskSha384,
        KeyManagement.PskSha384,
        KeyManagement.Other,
        KeyManagement.Other,
        KeyManagement.Other,
        KeyManagement.SaeExt,
        KeyManagement.FtSaeExt,
    ];

    private static readonly CipherSuites[] s_wpaCiphers =
    [
        CipherSuites.UseGroup,
        CipherSuites.Wep40,
        CipherSuites.Tkip,
        CipherSuites.Other,
        CipherSuites.Ccmp128,
        CipherSuites.Wep104,
    ];

    private static readonly KeyManagement[] s_wpaKeyManagementSuites =
    [
        KeyManagement.Other,
        KeyManagement.Dot1X,
        KeyManagement.Psk,
    ];

    private readonly uint _oui;
    private readonly CipherSuites[] _ciphers;
    private readonly KeyManagement[] _suites;

    private SuiteFamily(uint oui, CipherSuites[] ciphers, KeyManagement[] suites)
    {
        _oui = oui;
        _ciphers = ciphers;
        _suites = suites;
    }

    /// <summary>00-0F-AC: IEEE 802.11.</summary>
    public static SuiteFamily Rsn { get; } = new(0x000F_AC00, s_rsnCiphers, s_rsnKeyManagementSuites);

    /// <summary>00-50-F2: WPA, before the standard was ready.</summary>
    public static SuiteFamily Wpa { get; } = new(0x0050_F200, s_wpaCiphers, s_wpaKeyManagementSuites);

    /// <summary>
    /// Adds what the element says up to its key management suites to <paramref name="facts"/>; 0, and nothing added, where it is none of version 1.
    /// Everything behind the version may be missing, with all that follows it; a list whose count does not fit ends the reading.
    /// </summary>
    /// <returns>Where the suites end; the element's length where the reading ended before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ReadOnlySpan<byte> element, ref SecurityFacts facts)
    {
        int end = ReadShort(element, ref facts);
        return end != 0 ? end : ReadAny(element, ref facts);
    }

    /// <summary>
    /// Reads an element of one or two pairwise ciphers and one or two key management suites, as nearly all are: first and last of each list, which
    /// may be the same, and no loop. 0, and nothing added, where it is another; otherwise what <see cref="ReadAny"/> would have done.
    /// </summary>
    public int ReadShort(ReadOnlySpan<byte> element, ref SecurityFacts facts)
    {
        const int PairwiseCount = 2 + Size;
        const int Pairwise = PairwiseCount + 2;
        int length = element.Length;
        if (length < Pairwise + Size + 2)
        {
            return 0;
        }

        // What is read below lies before a place that was compared with the length.
        ref byte first = ref MemoryMarshal.GetReference(element);
        uint ciphers = Number(ref first, PairwiseCount);
        int suites = Pairwise + ((int)ciphers * Size) + 2;
        if (Number(ref first, 0) != 1 || ciphers - 1 > 1 || length < suites)
        {
            return 0;
        }

        uint count = Number(ref first, suites - 2);
        int end = suites + ((int)count * Size);
        if (count - 1 > 1 || length < end)
        {
            return 0;
        }

        facts.GroupCiphers |= Of(_ciphers, Type(ref first, 2), CipherSuites.Other);
        facts.PairwiseCiphers |= Of(_ciphers, Type(ref first, Pairwise), CipherSuites.Other) | Of(_ciphers, Type(ref first, suites - 2 - Size), CipherSuites.Other);
        facts.KeyManagement |= Of(_suites, Type(ref first, suites), KeyManagement.Other) | Of(_suites, Type(ref first, end - Size), KeyManagement.Other);
        return end;
    }

    /// <summary>Reads any element; <see cref="Read"/> says what it does.</summary>
    public int ReadAny(ReadOnlySpan<byte> element, ref SecurityFacts facts)
    {
        ReadOnlySpan<byte> rest = element;
        if (rest.Length < 2 || BinaryPrimitives.ReadUInt16LittleEndian(rest) != 1)
        {
            return 0;
        }

        rest = rest[2..];
        if (rest.Length < Size)
        {
            return element.Length;
        }

        facts.GroupCiphers |= Cipher(rest);
        rest = rest[Size..];
        if (!TryTakeList(ref rest, out ReadOnlySpan<byte> pairwise))
        {
            return element.Length;
        }

        for (int i = 0; i < pairwise.Length; i += Size)
        {
            facts.PairwiseCiphers |= Cipher(pairwise[i..]);
        }

        if (!TryTakeList(ref rest, out ReadOnlySpan<byte> suites))
        {
            return element.Length;
        }

        for (int i = 0; i < suites.Length; i += Size)
        {
            facts.KeyManagement |= Of(_suites, BinaryPrimitives.ReadUInt32BigEndian(suites[i..]) - _oui, KeyManagement.Other);
        }

        return element.Length - rest.Length;
    }

    /// <summary>The cipher of the selector at the front.</summary>
    public CipherSuites Cipher(ReadOnlySpan<byte> selector) => Of(_ciphers, BinaryPrimitives.ReadUInt32BigEndian(selector) - _oui, CipherSuites.Other);

    /// <summary>Cuts a counted list of selectors off the front; false where count or list are not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTakeList(scoped ref ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> selectors)
    {
        selectors = default;
        if (payload.Length < 2)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(payload) * Size;
        if (payload.Length - 2 < length)
        {
            return false;
        }

        selectors = payload.Slice(2, length);
        payload = payload[(2 + length)..];
        return true;
    }

    private static uint Number(ref byte first, int at)
    {
        ushort number = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref first, at));
        return BitConverter.IsLittleEndian ? number : BinaryPrimitives.ReverseEndianness(number);
    }

    /// <summary>The type of the suite at a place; beyond all types where it is another organisation's.</summary>
    private uint Type(ref byte first, int at)
    {
        uint selector = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at));
        return (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(selector) : selector) - _oui;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Of<T>(T[] suites, uint type, T other) => type < (uint)suites.Length ? suites[(int)type] : other;
}
