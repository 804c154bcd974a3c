using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Values;
using KismetPS.TestKit;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class WireValueTests
{
    // Real networks: 706, 578, 66114, 3146466, 2097858 and 2097730 were sent by servers.
    [Theory]
    [InlineData(706, TextEra.Stable, WirelessEncryption.Wpa2, CipherSuites.Ccmp128, KeyManagement.Psk)]
    [InlineData(578, TextEra.Stable, WirelessEncryption.Wpa2, CipherSuites.Ccmp128, KeyManagement.None)]
    [InlineData(66114, TextEra.Stable, WirelessEncryption.Wpa2, CipherSuites.Ccmp128, KeyManagement.None)]
    [InlineData(226, TextEra.Stable, WirelessEncryption.Wpa, CipherSuites.Tkip, KeyManagement.Psk)]
    [InlineData(66, TextEra.Stable, WirelessEncryption.Wpa, CipherSuites.None, KeyManagement.None)]
    [InlineData(2, TextEra.Stable, WirelessEncryption.Wep, CipherSuites.None, KeyManagement.None)]
    [InlineData(0, TextEra.Stable, WirelessEncryption.Open, CipherSuites.None, KeyManagement.None)]
    [InlineData(1, TextEra.Newcore, WirelessEncryption.Unknown, CipherSuites.None, KeyManagement.None)]
    [InlineData(3146466, TextEra.Newcore, WirelessEncryption.Wpa | WirelessEncryption.Wpa2, CipherSuites.Tkip | CipherSuites.Ccmp128, KeyManagement.Psk)]
    [InlineData(2097858, TextEra.Newcore, WirelessEncryption.Wpa2, CipherSuites.Ccmp128, KeyManagement.Psk)]
    [InlineData(2097730, TextEra.Newcore, WirelessEncryption.Wpa2, CipherSuites.Ccmp128, KeyManagement.None)]
    [InlineData(65538, TextEra.Newcore, WirelessEncryption.Wep, CipherSuites.None, KeyManagement.None)]
    [InlineData(10, TextEra.Newcore, WirelessEncryption.Wep, CipherSuites.Wep40, KeyManagement.None)]
    public void Protection_of_both_eras(ulong wire, TextEra era, WirelessEncryption encryption, CipherSuites ciphers, KeyManagement keys) =>
        Assert.Equal(new CryptFacts(encryption, ciphers, keys), CryptFacts.Read((CryptSet)wire, era));

    [Theory]
    [InlineData(706, TextEra.Stable)]
    [InlineData(578, TextEra.Stable)]
    [InlineData(226, TextEra.Stable)]
    [InlineData(0, TextEra.Stable)]
    [InlineData(2, TextEra.Stable)]
    [InlineData(1, TextEra.Newcore)]
    [InlineData(3146466, TextEra.Newcore)]
    [InlineData(2097858, TextEra.Newcore)]
    [InlineData(2097730, TextEra.Newcore)]
    [InlineData(26, TextEra.Newcore)]
    public void Protection_read_and_written_is_the_same_number(ulong wire, TextEra era) => Assert.Equal((CryptSet)wire, CryptFacts.Read((CryptSet)wire, era).ToWire(era));

    [Fact]
    public void WPA3_and_OWE_look_like_what_a_2016_server_shows_for_them()
    {
        Assert.Equal((CryptSet)2097730, new CryptFacts(WirelessEncryption.Wpa3, CipherSuites.Ccmp128, KeyManagement.Sae).ToWire(TextEra.Newcore));
        Assert.Equal((CryptSet)2097730, new CryptFacts(WirelessEncryption.Owe, CipherSuites.Gcmp256, KeyManagement.Owe).ToWire(TextEra.Newcore));
        Assert.Equal((CryptSet)578, new CryptFacts(WirelessEncryption.Wpa3, CipherSuites.Ccmp128, KeyManagement.Sae).ToWire(TextEra.Stable));
    }

    [KismetReferenceFact]
    public void Recorded_protection_comes_back_where_nothing_else_was_in_it()
    {
        HashSet<ulong> seen = [];
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            foreach (byte[] line in fromServer && file.StartsWith("2016-0", StringComparison.Ordinal) ? Lines.Framed(bytes) : [])
            {
                SentenceReader.Read(line, TextEra.Newcore, out SentenceReader sentence);
                List<string> words = sentence.Name.SequenceEqual("SSID"u8) ? Lines.Words(Lines.Text(line)) : [];
                if (words.Count == 20)
                {
                    seen.Add(ulong.Parse(words[5]));
                }
            }
        }

        Assert.True(seen.Count >= 4);
        Assert.All(seen, static wire => Assert.Equal((CryptSet)wire, CryptFacts.Read((CryptSet)wire, TextEra.Newcore).ToWire(TextEra.Newcore)));
    }

    [Theory]
    [InlineData(0, TextEra.Stable, true, NetworkType.AccessPoint)]
    [InlineData(5, TextEra.Stable, true, NetworkType.Remove)]
    [InlineData(5, TextEra.Newcore, false, 0)]
    [InlineData(256, TextEra.Newcore, true, NetworkType.Remove)]
    [InlineData(255, TextEra.Newcore, true, NetworkType.Mixed)]
    [InlineData(-1, TextEra.Newcore, false, 0)]
    [InlineData(4_294_967_296, TextEra.Newcore, false, 0)]
    public void Types_of_networks(long number, TextEra era, bool known, object type)
    {
        Assert.Equal(known, WireValue.TryGetNetworkType(number, era, out NetworkType read));
        if (known)
        {
            Assert.Equal((NetworkType)type, read);
            Assert.Equal(number, WireValue.Of(read, era));
        }
    }

    [Fact]
    public void Types_of_clients_and_addresses()
    {
        Assert.True(WireValue.TryGetClientType(5, TextEra.Newcore, out ClientType adHoc));
        Assert.Equal(ClientType.AdHoc, adHoc);

        // 2008-05-R1 only: client_sendto.
        Assert.True(WireValue.TryGetClientType(5, TextEra.Stable, out ClientType sendTo));
        Assert.Equal(ClientType.SendTo, sendTo);
        Assert.False(WireValue.TryGetClientType(6, TextEra.Stable, out _));
        Assert.False(WireValue.TryGetClientType(7, TextEra.Stable, out _));
        Assert.False(WireValue.TryGetClientType(7, TextEra.Newcore, out _));
        Assert.Equal(0, WireValue.Of(ClientType.AdHoc, TextEra.Stable));

        AddressType[] stable = [AddressType.None, AddressType.Factory, AddressType.Udp, AddressType.Arp, AddressType.Tcp, AddressType.Dhcp, AddressType.Group];
        AddressType[] newcore = [AddressType.None, AddressType.Factory, AddressType.Udp, AddressType.Arp, AddressType.Dhcp, AddressType.Group];
        foreach ((TextEra era, AddressType[] types) in new[] { (TextEra.Stable, stable), (TextEra.Newcore, newcore) })
        {
            for (int i = 0; i < types.Length; i++)
            {
                Assert.True(WireValue.TryGetAddressType(i, era, out AddressType type));
                Assert.Equal(types[i], type);
                Assert.Equal(i, WireValue.Of(type, era));
            }

            Assert.False(WireValue.TryGetAddressType(types.Length, era, out _));
            Assert.False(WireValue.TryGetAddressType(-1, era, out _));
        }

        Assert.Equal(2, WireValue.Of(AddressType.Tcp, TextEra.Newcore));
    }

    [Theory]
    [InlineData(0b11, TextEra.Stable, CarrierSet.Unknown | CarrierSet.Dot11B, true)]
    [InlineData(256, TextEra.Stable, CarrierSet.Dot11N40, true)]
    [InlineData(4096, TextEra.Stable, CarrierSet.None, false)]
    [InlineData(4, TextEra.Newcore, CarrierSet.Dot11G, true)]
    [InlineData(8, TextEra.Newcore, CarrierSet.Dot11N40, true)]
    [InlineData(5, TextEra.Newcore, CarrierSet.Dot11B | CarrierSet.Dot11G | CarrierSet.Fhss, false)]
    [InlineData(0, TextEra.Newcore, CarrierSet.None, false)]
    [InlineData(16, TextEra.Newcore, CarrierSet.None, false)]
    public void Carriers_are_bits_in_stable_and_numbers_run_together_in_newcore(long value, TextEra era, object set, bool exact)
    {
        Assert.Equal((CarrierSet)set, WireValue.Carrier(value, era, out bool sure));
        Assert.Equal(exact, sure);
    }

    [Fact]
    public void Sets_are_written_as_each_era_does()
    {
        Assert.Equal(5, WireValue.Of(CarrierSet.Dot11B | CarrierSet.Dot11G, TextEra.Newcore));
        Assert.Equal(0b10010, WireValue.Of(CarrierSet.Dot11B | CarrierSet.Dot11G, TextEra.Stable));
        Assert.Equal(3, WireValue.Of(EncodingSet.Cck | EncodingSet.Ofdm, TextEra.Newcore));
        Assert.Equal(EncodingSet.Cck | EncodingSet.Pbcc | EncodingSet.Ofdm, WireValue.Encoding(3, TextEra.Newcore, out bool exact));
        Assert.False(exact);
    }

    [Fact]
    public void Alerts_have_Kismet_s_names()
    {
        // Other stands for every name that is not ours, so it has none.
        foreach (KismetAlertType type in Enum.GetValues<KismetAlertType>().Where(static t => t != KismetAlertType.Other))
        {
            Assert.NotEqual("KISMETPS", Lines.Text(AlertHeader.Of(type)));
            Assert.True(AlertHeader.TryRead(AlertHeader.Of(type), out KismetAlertType read));
            Assert.Equal(type, read);
        }

        Assert.True(AlertHeader.TryRead("DISCONCODEINVALID"u8, out KismetAlertType disconnect));
        Assert.Equal(KismetAlertType.InvalidReasonCode, disconnect);
        Assert.False(AlertHeader.TryRead("PROBENOJOIN"u8, out _));
    }
}
