using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using Xunit;
using RadiotapFields = KismetPS.TestKit.Frames.RadiotapFields;

namespace KismetPS.Wireless.Tests.Frames;

/// <summary>What the FCS does to a frame: taken off where it is, believed where it is wrong, left alone where it is not.</summary>
public sealed class FrameCheckTests
{
    private static readonly MacAddress A = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly FrameBuilder Beacon = FrameBuilder.Beacon(A, "network", 6);

    [Fact]
    public void RightFcsIsTakenOff()
    {
        var frame = new DecodedFrame(Beacon.BuildRadiotap(new RadiotapFields { Flags = 0x10 }), LinkType.Radiotap);
        Assert.Equal((DecodeStatus.Ok, FcsState.Present), (frame.Status, frame.Radio.Fcs));
        Assert.Equal(Beacon.Build(), frame.Frame.ToArray());
        Assert.False(frame.Elements.Has(Wireless.Elements.ElementParts.Truncated));
    }

    [Fact]
    public void WrongFcsGivesNothing()
    {
        // The receiver says so; and the receiver says that it is right but it is not.
        byte[] told = Beacon.BuildRadiotap(new RadiotapFields { Flags = 0x50 });
        byte[] untold = Beacon.BuildRadiotap(new RadiotapFields { Flags = 0x10 });
        untold[^10] ^= 4;
        foreach (byte[] packet in new[] { told, untold })
        {
            var frame = new DecodedFrame(packet, LinkType.Radiotap);
            Assert.Equal((DecodeStatus.FcsError, FcsState.PresentBad), (frame.Status, frame.Radio.Fcs));
            Assert.Equal((FrameParts.None, default(FrameSubtype)), (frame.Facts.Parts, frame.Facts.Subtype));
            Assert.Equal((packet.Length - Beacon.BuildWithFcs().Length, Beacon.Build().Length), (frame.Facts.FrameOffset, frame.Facts.FrameLength));
        }
    }

    [Fact]
    public void WordOfTheTransportCounts()
    {
        // TZSP tag 17 = 1: the sensor cut the FCS off and found it wrong.
        RadioInfo radio = default;
        radio.Fcs = FcsState.AbsentBad;
        FrameFacts facts = default;
        byte[] frame = Beacon.Build();
        Assert.Equal(DecodeStatus.FcsError, FrameDecoder.Decode(frame, LinkType.Ieee80211, null, ref radio, ref facts));
        Assert.Equal((FrameParts.None, frame.Length), (facts.Parts, facts.FrameLength));
    }

    [Fact]
    public void UntoldIsFoundOutByTheHabitOfItsOrigin()
    {
        var detector = new FcsDetector();
        for (int i = 0; i < 20; i++)
        {
            var frame = new DecodedFrame(Beacon.Sequence(i).BuildWithFcs(), detector: detector);
            Assert.Equal((DecodeStatus.Ok, Beacon.Build().Length), (frame.Status, frame.Facts.FrameLength));
        }

        Assert.Equal(DecodeStatus.FcsError, new DecodedFrame(Beacon.BuildWithFcs(bad: true), detector: detector).Status);

        // A cut frame has lost its FCS whatever the habit.
        byte[] cut = Beacon.Build()[..40];
        Assert.Equal(DecodeStatus.FcsError, new DecodedFrame(cut, detector: detector).Status);
        Assert.Equal(DecodeStatus.Ok, new DecodedFrame(cut, detector: detector, cutBytes: 30).Status);

        // Nobody to ask: no FCS.
        Assert.Equal(Beacon.BuildWithFcs().Length, new DecodedFrame(Beacon.BuildWithFcs()).Facts.FrameLength);
    }

    /// <summary>A capture with a snap length: the header promises an FCS, the bytes are not there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(40)]
    public void CutPacketsAreNotJudgedByAnFcsTheyLost(int cut)
    {
        byte[] packet = Beacon.BuildRadiotap(new RadiotapFields { Flags = 0x10 });
        int whole = Beacon.Build().Length;
        var frame = new DecodedFrame(packet[..^cut], LinkType.Radiotap, cutBytes: cut);
        Assert.Equal((DecodeStatus.Ok, FcsState.Absent), (frame.Status, frame.Radio.Fcs));
        Assert.Equal(whole - Math.Max(0, cut - 4), frame.Facts.FrameLength);

        // What the receiver itself found wrong stays wrong.
        byte[] bad = Beacon.BuildRadiotap(new RadiotapFields { Flags = 0x50 });
        Assert.Equal(DecodeStatus.FcsError, new DecodedFrame(bad[..^cut], LinkType.Radiotap, cutBytes: cut).Status);

        // TZSP: longer on the air than delivered, so the FCS, if it ever was there, is gone.
        var detector = new FcsDetector();
        byte[] bare = Beacon.BuildWithFcs();
        Assert.Equal(bare.Length - cut, new DecodedFrame(bare[..^cut], detector: detector, cutBytes: cut).Facts.FrameLength);
    }

    [Fact]
    public void ShorterThanItsFcs()
    {
        byte[] header = new RadiotapFields { Flags = 0x10 }.ToArray();
        for (int length = 1; length < 14; length++)
        {
            var frame = new DecodedFrame([.. header, .. new byte[length]], LinkType.Radiotap);
            Assert.Equal((DecodeStatus.FcsError, Math.Max(0, length - 4)), (frame.Status, frame.Facts.FrameLength));
        }

        Assert.Equal(DecodeStatus.Empty, new DecodedFrame(header, LinkType.Radiotap).Status);
    }
}
