using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests.Security;

public sealed class SuiteFamilyTests
{
    private static readonly byte[] s_rsn = [0x00, 0x0F, 0xAC];
    private static readonly byte[] s_wpa = [0x00, 0x50, 0xF2];

    [Fact]
    public void TheShortWayReadsWhatTheLongOneDoes()
    {
        // Elements as they are, with more and fewer suites, of other organisations and types, cut anywhere and with anything changed.
        Random random = new(20);
        int taken = 0;
        for (int round = 0; round < 40_000; round++)
        {
            byte[] element = Element(random);
            if (random.Next(3) == 0)
            {
                element[random.Next(element.Length)] = (byte)random.Next(random.Next(1, 257));
            }

            element = random.Next(3) == 0 ? element[..random.Next(element.Length + 1)] : element;
            taken += Same(SuiteFamily.Rsn, element) ? 1 : 0;
            taken += Same(SuiteFamily.Wpa, element) ? 1 : 0;
        }

        Assert.InRange(taken, 5_000, 79_999);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void TheUsualElementsGoTheShortWay(int ciphers, int suites)
    {
        byte[] element = [1, 0, .. Suite(2), (byte)ciphers, 0, .. Suites(ciphers), (byte)suites, 0, .. Suites(suites)];
        SecurityFacts facts = default;
        Assert.Equal(element.Length, SuiteFamily.Rsn.ReadShort(element, ref facts));
        Assert.Equal(CipherSuites.Tkip, facts.GroupCiphers);
        Assert.Equal(ciphers == 1 ? CipherSuites.Wep40 : CipherSuites.Wep40 | CipherSuites.Tkip, facts.PairwiseCiphers);
        Assert.Equal(suites == 1 ? KeyManagement.Dot1X : KeyManagement.Dot1X | KeyManagement.Psk, facts.KeyManagement);

        // One byte less and it is not taken, whatever lies behind.
        Assert.Equal(0, SuiteFamily.Rsn.ReadShort(element.AsSpan(0, element.Length - 1), ref facts));
    }

    private static bool Same(SuiteFamily family, byte[] element)
    {
        // What the elements before left is kept.
        SecurityFacts quick = new() { PairwiseCiphers = CipherSuites.Gcmp256, KeyManagement = KeyManagement.Owe };
        SecurityFacts plain = quick;
        SecurityFacts read = quick;
        int plainEnd = family.ReadAny(element, ref plain);
        int quickEnd = family.ReadShort(element, ref quick);
        Assert.Equal(plainEnd, family.Read(element, ref read));
        Assert.Equal(plain, read);
        if (quickEnd == 0)
        {
            Assert.Equal(new SecurityFacts { PairwiseCiphers = CipherSuites.Gcmp256, KeyManagement = KeyManagement.Owe }, quick);
            return false;
        }

        Assert.Equal(plainEnd, quickEnd);
        Assert.Equal(plain, quick);
        return true;
    }

    private static byte[] Element(Random random)
    {
        byte[] oui = random.Next(4) switch { 0 => s_wpa, 1 => [0x00, 0x0F, (byte)random.Next(256)], _ => s_rsn };
        byte[] Some(int count) => [(byte)count, 0, .. Enumerable.Range(0, count).SelectMany(_ => (byte[])[.. oui, (byte)random.Next(30)])];
        return [1, 0, .. oui, (byte)random.Next(16), .. Some(random.Next(4)), .. Some(random.Next(4)), .. new byte[random.Next(8)]];
    }

    private static byte[] Suite(int type) => [.. s_rsn, (byte)type];

    private static byte[] Suites(int count) => [.. Enumerable.Range(1, count).SelectMany(Suite)];
}
