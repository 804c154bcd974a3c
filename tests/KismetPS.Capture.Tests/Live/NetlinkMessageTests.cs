using KismetPS.Capture.Live;
using Xunit;

namespace KismetPS.Capture.Tests.Live;

/// <summary>Layouts as strace shows them of 'iw dev wlan0 set freq 2437' on a little-endian machine.</summary>
public class NetlinkMessageTests
{
    [Fact]
    public void A_request_is_laid_out_as_the_kernel_wants_it()
    {
        Assert.True(BitConverter.IsLittleEndian);
        var message = new NetlinkMessage(new byte[256], 16, 3, 1);
        message.Add(2, "nl80211");
        Assert.Equal(
            [32, 0, 0, 0, 16, 0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 12, 0, 2, 0, .. "nl80211\0"u8],
            message.Finish().ToArray());

        var tune = new NetlinkMessage(new byte[256], 0x1C, 2, 0);
        tune.Add(3, 5u);
        tune.Add(0x26, 2437u);
        Assert.Equal(
            [36, 0, 0, 0, 0x1C, 0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 3, 0, 5, 0, 0, 0, 8, 0, 0x26, 0, 0x85, 9, 0, 0],
            tune.Finish().ToArray());
    }

    [Fact]
    public void Answers_are_read_one_after_the_other()
    {
        byte[] received =
        [
            36, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 7, 0, 2, 0, (byte)'x', 0, 0, 0, 6, 0, 1, 0, 0x1C, 0, 0, 0,
            20, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0xFF, 0xFF, 0xFF,
        ];
        ReadOnlySpan<byte> at = received;
        Assert.True(NetlinkMessage.TryRead(ref at, out int type, out ReadOnlySpan<byte> body));
        Assert.Equal(16, type);
        Assert.True(NetlinkMessage.TryFindU16(body, 1, out ushort family));
        Assert.Equal(0x1C, family);
        Assert.False(NetlinkMessage.TryFindU16(body, 9, out _));
        Assert.True(NetlinkMessage.TryRead(ref at, out type, out body));
        Assert.Equal(NetlinkMessage.Error, type);
        Assert.Equal(16, NetlinkMessage.ReadError(body));
        Assert.False(NetlinkMessage.TryRead(ref at, out _, out _));
    }

    [Fact]
    public void Cut_and_bent_answers_are_survived()
    {
        byte[] received = [36, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 7, 0, 2, 0, 1, 0, 0, 0, 6, 0, 1, 0, 0x1C, 0, 0, 0];
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = received[..random.Next(received.Length + 1)];
            for (int flips = random.Next(3); flips > 0 && bytes.Length > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            ReadOnlySpan<byte> at = bytes;
            while (NetlinkMessage.TryRead(ref at, out int type, out ReadOnlySpan<byte> body))
            {
                Assert.InRange(type, 0, 65535);
                NetlinkMessage.TryFindU16(body, 1, out _);
                NetlinkMessage.ReadError(body);
            }
        }
    }

    [LiveFact(LiveNeed.LoopbackCapture)]
    public void The_kernel_answers()
    {
        // No radio: either there is no wireless subsystem at all (ENOENT) or the interface is none of its (ENODEV); in any case it was understood.
        Assert.Contains(Nl80211.SetFrequency("lo", 2437), new[] { 2, 19, 95 });
        Assert.Equal(19, Nl80211.SetFrequency("nosuch0", 2437));
    }
}
