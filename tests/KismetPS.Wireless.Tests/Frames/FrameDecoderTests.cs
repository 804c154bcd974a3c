using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests.Frames;

public sealed class FrameDecoderTests
{
    private const FrameParts FiveAddresses =
        FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Source | FrameParts.Destination | FrameParts.Bssid;

    private static readonly MacAddress A = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly MacAddress B = MacAddress.Parse("02:BB:00:00:00:0B");
    private static readonly MacAddress C = MacAddress.Parse("02:CC:00:00:00:0C");
    private static readonly MacAddress D = MacAddress.Parse("02:DD:00:00:00:0D");
    private static readonly MacAddress E = MacAddress.Parse("02:EE:00:00:00:0E");
    private static readonly MacAddress F = MacAddress.Parse("02:FF:00:00:00:0F");

    [Fact]
    public void BeaconGivesHeaderAndFixedFields()
    {
        FrameFacts facts = Ok(FrameBuilder.Beacon(A, "name", 6, SecurityPreset.Wpa2Psk, tsf: 0x1122_3344_5566_7788).Sequence(4095, 3 - 3).Build());
        Assert.Equal(FrameSubtype.Beacon, facts.Subtype);
        Assert.Equal(FrameType.Management, facts.Type);
        Assert.Equal(FiveAddresses | FrameParts.Sequence | FrameParts.Beacon | FrameParts.Capability | FrameParts.Elements, facts.Parts);
        Assert.Equal((MacAddress.Broadcast, A, A, MacAddress.Broadcast, A), (facts.Receiver, facts.Transmitter, facts.Source, facts.Destination, facts.Bssid));
        Assert.Equal((4095, 0), (facts.Sequence, facts.Fragment));
        Assert.Equal((0x1122_3344_5566_7788UL, 100, 0x0011), (facts.TsfUs, facts.BeaconIntervalTu, facts.Capability));
        Assert.Equal((24, 36, facts.FrameLength - 36), (facts.HeaderLength, facts.ElementsOffset, facts.ElementsLength));
    }

    [Theory]
    [InlineData(FrameControlFlags.None)]
    [InlineData(FrameControlFlags.ToDs)]
    [InlineData(FrameControlFlags.FromDs)]
    [InlineData(FrameControlFlags.ToDs | FrameControlFlags.FromDs)]
    public void DataAddressesFollowTheDsTable(FrameControlFlags ds)
    {
        foreach (int? tid in new int?[] { null, 5 })
        {
            (FrameBuilder frame, FrameParts parts, MacAddress source, MacAddress destination, MacAddress bssid) = ds switch
            {
                FrameControlFlags.None => (FrameBuilder.Direct(C, B, A, tid), FiveAddresses, B, A, C),
                FrameControlFlags.ToDs => (FrameBuilder.ToDs(A, B, C, tid), FiveAddresses, B, C, A),
                FrameControlFlags.FromDs => (FrameBuilder.FromDs(B, C, A, tid), FiveAddresses, C, A, B),
                _ => (FrameBuilder.Wds(A, B, C, D, tid), FiveAddresses & ~FrameParts.Bssid, D, C, default),
            };
            FrameFacts facts = Ok(frame.Sequence(77, 2).Snap(0x0800, new byte[20]).Build());
            Assert.Equal(ds, facts.Flags);
            Assert.Equal((A, B), (facts.Receiver, facts.Transmitter));
            Assert.Equal((source, destination, bssid), (facts.Source, facts.Destination, facts.Bssid));
            Assert.Equal((77, 2, tid ?? 0), (facts.Sequence, facts.Fragment, facts.Tid));
            Assert.Equal(parts | FrameParts.Sequence | FrameParts.Payload | (tid is null ? FrameParts.None : FrameParts.Qos), facts.Parts);
            Assert.Equal((ds == (FrameControlFlags.ToDs | FrameControlFlags.FromDs) ? 30 : 24) + (tid is null ? 0 : 2), facts.HeaderLength);
        }
    }

    [Fact]
    public void HtControlIsReadInQosDataAndManagementOnly()
    {
        Assert.Equal((30, true), HtControl(FrameBuilder.ToDs(A, B, C, tid: 0).HtControl().Snap(0x0800)));
        Assert.Equal((36, true), HtControl(FrameBuilder.Wds(A, B, C, D, tid: 0).HtControl().Snap(0x0800)));
        Assert.Equal((28, true), HtControl(FrameBuilder.Beacon(A, "x", 1).HtControl()));
        // Plain data: the bit means strict order, nothing is inserted.
        Assert.Equal((24, false), HtControl(FrameBuilder.ToDs(A, B, C).Flags(FrameControlFlags.Order).Snap(0x0800)));

        static (int, bool) HtControl(FrameBuilder frame)
        {
            FrameFacts facts = Ok(frame.Build());
            return (facts.HeaderLength, facts.Has(FrameParts.HtControl));
        }
    }

    [Theory]
    [InlineData(FrameSubtype.Rts)]
    [InlineData(FrameSubtype.BlockAckRequest)]
    [InlineData(FrameSubtype.BlockAck)]
    [InlineData(FrameSubtype.NdpAnnouncement)]
    [InlineData(FrameSubtype.BeamformingReportPoll)]
    [InlineData(FrameSubtype.Trigger)]
    [InlineData(FrameSubtype.Tack)]
    public void ControlFramesWithTwoAddresses(FrameSubtype subtype)
    {
        FrameFacts facts = Ok(FrameBuilder.Any(subtype, A, B).Build());
        Assert.Equal(FrameParts.Receiver | FrameParts.Transmitter, facts.Parts);
        Assert.Equal((A, B), (facts.Receiver, facts.Transmitter));
    }

    [Theory]
    [InlineData(FrameSubtype.Ack)]
    [InlineData(FrameSubtype.Cts)]
    public void ControlFramesWithOneAddress(FrameSubtype subtype)
    {
        // What follows (an A-MPDU delimiter, padding) is no transmitter.
        FrameFacts facts = Ok(FrameBuilder.Any(subtype, A, B).Build());
        Assert.Equal(FrameParts.Receiver, facts.Parts);
        Assert.Equal((A, default), (facts.Receiver, facts.Transmitter));
    }

    [Fact]
    public void ControlFramesThatNameTheBss()
    {
        FrameFacts poll = Ok(FrameBuilder.PsPoll(A, B, aid: 5).Build());
        Assert.Equal((A, B, A, 0xC005), (poll.Receiver, poll.Transmitter, poll.Bssid, poll.Duration));
        Assert.Equal(FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Bssid, poll.Parts);

        foreach (FrameSubtype subtype in new[] { FrameSubtype.CfEnd, FrameSubtype.CfEndCfAck })
        {
            FrameFacts end = Ok(FrameBuilder.Any(subtype, MacAddress.Broadcast, A).Build());
            Assert.Equal((MacAddress.Broadcast, A, A), (end.Receiver, end.Transmitter, end.Bssid));
        }
    }

    [Fact]
    public void GroupBitOfABandwidthSignallingTransmitterIsCleared()
    {
        FrameFacts facts = Ok(FrameBuilder.Rts(A, B, bandwidthSignalling: true).Build());
        Assert.Equal(B, facts.Transmitter);
    }

    [Fact]
    public void ControlWrapperGivesTheReceiver()
    {
        byte[] frame = [.. FrameBuilder.Any(FrameSubtype.ControlWrapper, A).Build(), 0xC4, 0, 0, 0, 0, 0];
        Assert.Equal(FrameParts.Receiver, Ok(frame).Parts);
        FrameFacts facts = default;
        Assert.Equal(DecodeStatus.HeaderTruncated, FrameDecoder.DecodeFrame(frame.AsSpan(..^1), false, ref facts));
        Assert.Equal(FrameParts.None, facts.Parts);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(6, false)]
    [InlineData(10, true)]
    public void ExtendedControlFramesUseTheFlagsAsTheirNumber(int extension, bool transmitter)
    {
        FrameFacts facts = Ok(FrameBuilder.Any(FrameSubtype.ControlFrameExtension, A, B).Flags((FrameControlFlags)extension).Build());
        Assert.Equal(transmitter ? FrameParts.Receiver | FrameParts.Transmitter : FrameParts.Receiver, facts.Parts);
        Assert.Equal(FrameControlFlags.None, facts.Flags);
    }

    [Theory]
    [InlineData(0x07)]
    [InlineData(0x0F)]
    [InlineData(0x10)]
    [InlineData(0x11)]
    [InlineData(0x2D)]
    [InlineData(0x30)]
    [InlineData(0x31)]
    [InlineData(0x3F)]
    public void ReservedAndExtensionFramesAreUnsupported(int subtype)
    {
        FrameFacts facts = default;
        byte[] frame = FrameBuilder.Any((FrameSubtype)subtype, A, B, C, D).Body(new byte[64]).Build();
        Assert.Equal(DecodeStatus.UnsupportedType, FrameDecoder.DecodeFrame(frame, false, ref facts));
        Assert.Equal(FrameParts.None, facts.Parts);
        Assert.Equal((FrameSubtype)subtype, facts.Subtype);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OtherProtocolVersionsAreUnsupported(int version)
    {
        FrameFacts facts = default;
        Assert.Equal(DecodeStatus.UnsupportedVersion, FrameDecoder.DecodeFrame(FrameBuilder.Beacon(A, "x", 1).Version(version).Build(), false, ref facts));
        Assert.Equal(FrameParts.None, facts.Parts);
    }

    [Fact]
    public void FixedFieldsOfEveryManagementFrame()
    {
        FrameFacts request = Ok(FrameBuilder.AssociationRequest(B, A, "net", SecurityPreset.Wpa2Psk).Build());
        Assert.Equal((0x0011, 28), (request.Capability, request.ElementsOffset));

        FrameFacts again = Ok(FrameBuilder.ReassociationRequest(B, A, C, "net").Build());
        Assert.Equal((0x0001, 34), (again.Capability, again.ElementsOffset));

        FrameFacts response = Ok(FrameBuilder.AssociationResponse(A, B, status: 17).Build());
        Assert.Equal((true, 17, 30), (response.Has(FrameParts.Status), response.Code, response.ElementsOffset));

        FrameFacts probe = Ok(FrameBuilder.ProbeRequest(B, "net").Build());
        Assert.Equal((24, false), (probe.ElementsOffset, probe.Has(FrameParts.Capability)));

        FrameFacts leave = Ok(FrameBuilder.Deauthentication(B, A, A, reason: 7).Build());
        Assert.Equal((true, 7, false), (leave.Has(FrameParts.Reason), leave.Code, leave.Has(FrameParts.Elements)));

        FrameFacts action = Ok(FrameBuilder.Action(B, A, A, category: 3, code: 1).Body(1, 2).Build());
        Assert.Equal((true, 3, 1, false), (action.Has(FrameParts.Action), action.ActionCategory, action.ActionCode, action.Has(FrameParts.Elements)));

        FrameFacts vendor = Ok(FrameBuilder.Action(B, A, A, category: 127, code: 0x18).Body(0xFE, 0x34).Build());
        Assert.Equal((127, 0), (vendor.ActionCategory, vendor.ActionCode));

        FrameFacts announce = Ok(FrameBuilder.Action(B, A, A, category: 0, code: 4).Element(37, 0, 11, 3).Build());
        Assert.Equal((true, 26, 5), (announce.Has(FrameParts.Elements), announce.ElementsOffset, announce.ElementsLength));
    }

    [Fact]
    public void AuthenticationTellsAlgorithmAndKeepsSaeApart()
    {
        FrameFacts shared = Ok(FrameBuilder.Authentication(A, B, A, algorithm: 1, transaction: 2).Element(16, new byte[128]).Build());
        Assert.Equal((1, 2, 0, 30), (shared.AuthAlgorithm, shared.AuthSequence, shared.Code, shared.ElementsOffset));

        // SAE: group, scalar and element follow, not elements.
        FrameFacts sae = Ok(FrameBuilder.Authentication(A, B, A, algorithm: 3, status: 126).Body(19, 0).Body(new byte[96]).Build());
        Assert.Equal((3, 1, 126, false), (sae.AuthAlgorithm, sae.AuthSequence, sae.Code, sae.Has(FrameParts.Elements)));
    }

    [Fact]
    public void ProtectedManagementBodiesAreCipherText()
    {
        foreach (FrameBuilder frame in new[]
        {
            FrameBuilder.Deauthentication(B, A, A), FrameBuilder.Disassociation(B, A, A), FrameBuilder.Action(B, A, A, 3, 1), FrameBuilder.Authentication(B, A, A, 1, 3),
        })
        {
            FrameFacts facts = Ok(frame.Flags(FrameControlFlags.Protected).Build());
            Assert.Equal(FiveAddresses | FrameParts.Sequence, facts.Parts);
            Assert.Equal(0, facts.Code);
        }
    }

    [Fact]
    public void BodyCutInsideItsFixedFieldsKeepsTheHeader()
    {
        FrameBuilder[] frames =
        [
            FrameBuilder.Beacon(A, "x", 1), FrameBuilder.ProbeResponse(A, B, "x", 1), FrameBuilder.AssociationRequest(B, A, "x"),
            FrameBuilder.ReassociationRequest(B, A, C, "x"), FrameBuilder.AssociationResponse(A, B), FrameBuilder.Authentication(A, B, A),
            FrameBuilder.Deauthentication(A, B, A), FrameBuilder.Action(A, B, A, 3, 1),
        ];
        int[] lengths = [12, 12, 4, 10, 6, 6, 2, 2];
        for (int i = 0; i < frames.Length; i++)
        {
            byte[] frame = frames[i].Build();
            for (int length = 0; length < lengths[i]; length++)
            {
                FrameFacts facts = Ok(frame.AsSpan(0, 24 + length));
                Assert.Equal(FiveAddresses | FrameParts.Sequence | FrameParts.BodyTruncated, facts.Parts);
            }

            Assert.False(Ok(frame.AsSpan(0, 24 + lengths[i])).Has(FrameParts.BodyTruncated));
        }
    }

    [Fact]
    public void NoAddressFromAFrameThatEndsInsideItsHeader()
    {
        (FrameBuilder Frame, int Header)[] cases =
        [
            (FrameBuilder.Beacon(A, "x", 1), 24), (FrameBuilder.Beacon(A, "x", 1).HtControl(), 28), (FrameBuilder.Ack(A), 10), (FrameBuilder.Rts(A, B), 16),
            (FrameBuilder.ToDs(A, B, C).Body(1), 24), (FrameBuilder.Wds(A, B, C, D).Body(1), 30), (FrameBuilder.Wds(A, B, C, D, 1).HtControl().Body(1), 36),
        ];
        foreach ((FrameBuilder builder, int header) in cases)
        {
            byte[] frame = builder.Build();
            for (int length = 0; length < header; length++)
            {
                FrameFacts facts = default;
                Assert.Equal(DecodeStatus.HeaderTruncated, FrameDecoder.DecodeFrame(frame.AsSpan(0, length), false, ref facts));
                Assert.Equal(FrameParts.None, facts.Parts);
                Assert.Equal(default, facts.Receiver);
                Assert.Equal(default, facts.Transmitter);
            }

            Assert.Equal(header, Ok(frame.AsSpan(0, header)).HeaderLength);
        }
    }

    [Fact]
    public void DataPadMovesTheBodyToFourBytes()
    {
        byte[] frame = FrameBuilder.ToDs(A, B, C, tid: 0).DataPad().Snap(0x888E, 1, 1, 0, 0).Build();
        FrameFacts facts = default;
        Assert.Equal(DecodeStatus.Ok, FrameDecoder.DecodeFrame(frame, true, ref facts));
        Assert.Equal((28, true), (facts.HeaderLength, facts.Has(FrameParts.Eapol)));
        Assert.False(Ok(frame).Has(FrameParts.Eapol));

        // No body, no padding: the frame ends with its header.
        byte[] empty = FrameBuilder.NullToDs(A, B, tid: 0).Build();
        Assert.Equal(DecodeStatus.Ok, FrameDecoder.DecodeFrame(empty, true, ref facts));
        Assert.Equal(26, facts.HeaderLength);
    }

    [Fact]
    public void AmsduMovesTheFarAddressesIntoTheSubframes()
    {
        FrameFacts down = Ok(FrameBuilder.FromDs(A, A, B, tid: 0).Subframe(B, C, new byte[29]).Subframe(B, D, new byte[36]).Build());
        Assert.Equal(FiveAddresses & ~FrameParts.Source, down.Parts & FiveAddresses);
        Assert.True(down.Has(FrameParts.Amsdu));

        FrameFacts up = Ok(FrameBuilder.ToDs(A, B, A, tid: 0).Subframe(C, B, new byte[29]).Build());
        Assert.Equal(FiveAddresses & ~FrameParts.Destination, up.Parts & FiveAddresses);

        FrameFacts link = Ok(FrameBuilder.Wds(A, B, C, C, tid: 0).Subframe(D, E, new byte[9]).Build());
        Assert.Equal(FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Bssid, link.Parts & FiveAddresses);
        Assert.Equal(C, link.Bssid);

        // Two different far addresses are those of a mesh or of a sender that follows no table: neither BSSID nor SA and DA.
        FrameFacts other = Ok(FrameBuilder.Wds(A, B, C, D, tid: 0).Subframe(D, E, new byte[9]).Build());
        Assert.Equal(FrameParts.Receiver | FrameParts.Transmitter, other.Parts & FiveAddresses);

        // The bit has no such meaning in frames without payload, and there is no QoS control in plain data.
        Assert.False(Ok(FrameBuilder.NullToDs(A, B, tid: 0).Qos(0, 0x80).Build()).Has(FrameParts.Amsdu));
    }

    [Fact]
    public void MeshControlGivesTheProxiedAddresses()
    {
        FrameFacts plain = Ok(FrameBuilder.Mesh(A, B, C, D).Snap(0x0800).Build());
        Assert.Equal((C, D), (plain.Destination, plain.Source));
        Assert.Equal(FrameParts.Mesh, plain.Parts & (FrameParts.Mesh | FrameParts.MeshSource | FrameParts.MeshDestination | FrameParts.Bssid));

        FrameFacts proxied = Ok(FrameBuilder.Mesh(A, B, C, D, proxiedDestination: E, proxiedSource: F).Snap(0x888E).Build());
        Assert.Equal((E, F), (proxied.MeshDestination, proxied.MeshSource));
        Assert.True(proxied.Has(FrameParts.Eapol));

        // Group-addressed mesh data: FromDS, extension mode 1.
        FrameFacts group = Ok(FrameBuilder.FromDs(B, C, MacAddress.Broadcast, tid: 0).Qos(0, 0x100)
            .Body(1, 31, 1, 0, 0, 0).Body(0x02, 0xEE, 0, 0, 0, 0x0E).Snap(0x0806).Build());
        Assert.Equal((true, E, false), (group.Has(FrameParts.MeshSource), group.MeshSource, group.Has(FrameParts.MeshDestination)));

        // A client's queue size sets the same bit.
        FrameFacts queue = Ok(FrameBuilder.ToDs(A, B, C, tid: 0).Qos(0, 0x100).Snap(0x888E).Build());
        Assert.Equal((false, true), (queue.Has(FrameParts.Mesh), queue.Has(FrameParts.Eapol)));

        // So may a bridge between access points (WDS): what follows is LLC, whose first byte has bits that mesh flags reserve.
        FrameFacts wds = Ok(FrameBuilder.Wds(A, B, C, D, tid: 0).Qos(0, 0x100).Snap(0x888E, 1, 1, 0, 0).Build());
        Assert.Equal((false, true), (wds.Has(FrameParts.Mesh), wds.Has(FrameParts.Eapol)));

        // Cut inside: no address.
        byte[] frame = FrameBuilder.Mesh(A, B, C, D, E, F).Build();
        for (int length = 33; length < 32 + 18; length++)
        {
            FrameFacts cut = Ok(frame.AsSpan(0, length));
            Assert.Equal(FrameParts.BodyTruncated, cut.Parts & (FrameParts.BodyTruncated | FrameParts.Mesh | FrameParts.MeshSource | FrameParts.MeshDestination));
        }
    }

    [Theory]
    [InlineData(DataProtection.Wep, 1)]
    [InlineData(DataProtection.Tkip, 2)]
    [InlineData(DataProtection.Ccmp, 3)]
    public void CipherShowsInTheIv(DataProtection protection, int cipher)
    {
        byte[] frame = FrameBuilder.ToDs(A, B, C).Protect(protection).Body(new byte[40]).Build();
        FrameFacts facts = Ok(frame);
        Assert.Equal(((DataCipher)cipher, true), (facts.DataCipher, facts.Has(FrameParts.DataCipher)));

        FrameFacts cut = Ok(frame.AsSpan(0, 24 + (protection == DataProtection.Wep ? 3 : 7)));
        Assert.Equal((DataCipher.None, true), (cut.DataCipher, cut.Has(FrameParts.BodyTruncated)));
    }

    [Fact]
    public void IvThatFitsBothOrNeitherFormNamesNoCipher()
    {
        FrameFacts both = Ok(FrameBuilder.ToDs(A, B, C).Flags(FrameControlFlags.Protected).Body(0x01, 0x21, 0x00, 0x20, 0, 0, 0, 0).Build());
        Assert.Equal(DataCipher.ExtendedIv, both.DataCipher);
        FrameFacts neither = Ok(FrameBuilder.ToDs(A, B, C).Flags(FrameControlFlags.Protected).Body(0x01, 0x01, 0x07, 0x20, 0, 0, 0, 0).Build());
        Assert.Equal(DataCipher.ExtendedIv, neither.DataCipher);
        FrameFacts garbage = Ok(FrameBuilder.ToDs(A, B, C).Flags(FrameControlFlags.Protected).Body(0x01, 0x01, 0x07, 0x1F, 0, 0, 0, 0).Build());
        Assert.False(garbage.Has(FrameParts.DataCipher));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void EapolKeyMessagesAreNumbered(int message)
    {
        FrameFacts facts = Ok(FrameBuilder.EapolKey(message, A, B).Build());
        Assert.Equal(FrameParts.Eapol | FrameParts.EapolKey, facts.Parts & (FrameParts.Eapol | FrameParts.EapolKey));
        Assert.Equal(message, facts.EapolMessage);
    }

    [Theory]
    [InlineData("018A", 95, 0, 3)] // WPA message 3 has no secure bit
    [InlineData("0109", 95, 0, 4)] // WPA message 4: neither
    [InlineData("0309", 117, 22, 2)] // rekey: secure bit in message 2
    [InlineData("0D09", 95, 0, 0)] // MIC failure report
    [InlineData("0008", 95, 0, 0)] // neither acknowledgement nor MIC
    [InlineData("0002", 95, 0, 0)]
    public void EapolKeyMessagesOfOtherSenders(string information, int length, int keyData, int message)
    {
        byte[] info = Convert.FromHexString(information);
        var key = new byte[length];
        key[0] = 254;
        key[1] = info[0];
        key[2] = info[1];
        key[94] = (byte)keyData;
        FrameFacts facts = Ok(FrameBuilder.ToDs(A, B, A).Snap(0x888E, [1, 3, 0, (byte)length, .. key]).Build());
        Assert.Equal((message, message != 0), (facts.EapolMessage, facts.Has(FrameParts.EapolKey)));
        Assert.True(facts.Has(FrameParts.Eapol));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(22, 2)]
    public void EapolKeyWithA24ByteMic(int keyData, int message)
    {
        // AKM 12 and others: the MIC has 24 bytes, the key data length moves (table 12-10).
        var key = new byte[103 + keyData];
        key[0] = 2;
        key[1] = 0x03;
        key[2] = 0x08;
        key.AsSpan(77, 24).Fill(0xA5);
        key[102] = (byte)keyData;
        FrameFacts facts = Ok(FrameBuilder.ToDs(A, B, A).Snap(0x888E, [2, 3, 0, (byte)key.Length, .. key]).Build());
        Assert.Equal(message, facts.EapolMessage);
    }

    [Fact]
    public void EapolIsFoundInTheFirstSubframe()
    {
        byte[] eapol = [0xAA, 0xAA, 3, 0, 0, 0, 0x88, 0x8E, 2, 1, 0, 0];
        Assert.True(Ok(FrameBuilder.ToDs(A, B, A, tid: 0).Subframe(A, B, eapol).Build()).Has(FrameParts.Eapol));
        Assert.False(Ok(FrameBuilder.ToDs(A, B, A, tid: 0).Subframe(A, B, [0xAA, 0xAA, 3, 0, 0, 0, 0x08, 0x00]).Build()).Has(FrameParts.Eapol));
        // Protected: what looks like LLC is cipher text.
        Assert.False(Ok(FrameBuilder.ToDs(A, B, A).Flags(FrameControlFlags.Protected).Body(eapol).Build()).Has(FrameParts.Eapol));
    }

    [Fact]
    public void EmptyAndForeignPackets()
    {
        RadioInfo radio = default;
        FrameFacts facts = default;
        Assert.Equal(DecodeStatus.Empty, FrameDecoder.Decode([], LinkType.Ieee80211, null, ref radio, ref facts));
        Assert.Equal(DecodeStatus.NotWireless, FrameDecoder.Decode(new byte[60], LinkType.Ethernet, null, ref radio, ref facts));
    }

    private static FrameFacts Ok(ReadOnlySpan<byte> frame)
    {
        RadioInfo radio = default;
        FrameFacts facts = default;
        Assert.Equal(DecodeStatus.Ok, FrameDecoder.Decode(frame, LinkType.Ieee80211, null, ref radio, ref facts));
        Assert.Equal((0, frame.Length), (facts.FrameOffset, facts.FrameLength));
        return facts;
    }
}
