using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Frames;

public sealed class DecodeAllocationTests
{
    [Fact]
    public void DecodingAllocatesNothing()
    {
        MacAddress a = new(0x02AA_0000_000A), b = new(0x02BB_0000_000B);
        byte[][] packets =
        [
            FrameBuilder.Beacon(a, "network", 36, SecurityPreset.Wpa3Transition).Vht(1, 42).BuildRadiotap(),
            FrameBuilder.ToDs(a, b, a, tid: 0).Protect(DataProtection.Ccmp).Body(new byte[80]).BuildRadiotap(),
            FrameBuilder.EapolKey(2, a, b).BuildRadiotap(new TestKit.Frames.RadiotapFields { Flags = 0x10 }),
            FrameBuilder.Ack(b).BuildRadiotap(),
        ];
        var detector = new FcsDetector();
        int good = 0;
        Assert.Equal(0, Allocation.Least(() => good = Run()));
        Assert.Equal(4 * 1000, good);

        int Run()
        {
            FrameFacts facts = default;
            ElementFacts elements = default;
            int ok = 0;
            for (int i = 0; i < 1000; i++)
            {
                foreach (byte[] packet in packets)
                {
                    RadioInfo radio = default;
                    if (FrameDecoder.Decode(packet, LinkType.Radiotap, detector, ref radio, ref facts) == DecodeStatus.Ok)
                    {
                        ok++;
                        ElementReader.Read(packet.AsSpan(facts.FrameOffset, facts.FrameLength), in facts, ref elements);
                    }
                }
            }

            return ok;
        }
    }
}
