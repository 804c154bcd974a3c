using KismetPS.TestKit.Frames;
using KismetPS.Wireless;

namespace KismetPS.Bench.Corpora;

/// <summary>Frames built by the test kit: a neighbourhood to stand in for captures, and as many devices as a growth measurement asks for.</summary>
internal static class GeneratedFrames
{
    private static readonly int[] s_channels = [1, 6, 11, 36, 44, 149];

    private static readonly SecurityPreset[] s_securities =
        [SecurityPreset.Wpa2Psk, SecurityPreset.Wpa3Transition, SecurityPreset.WpaWpa2, SecurityPreset.Open, SecurityPreset.Wpa3Sae];

    /// <summary>Each access point's beacons and probe responses, four clients of each with data and control frames, and probing strangers.</summary>
    public static IEnumerable<(byte[] Frame, int Channel)> Neighbourhood(int accessPoints)
    {
        for (int a = 0; a < accessPoints; a++)
        {
            MacAddress bssid = AccessPoint(a);
            int channel = s_channels[a % s_channels.Length];
            SecurityPreset security = s_securities[a % s_securities.Length];
            yield return (Beacon(bssid, $"Net {a}", channel, security), channel);
            yield return (FrameBuilder.ProbeResponse(bssid, Client(a * 4), $"Net {a}", channel, security).Build(), channel);
            yield return (FrameBuilder.ProbeRequest(Client((a * 4) + 3), a % 2 == 0 ? $"Net {a}" : "").Build(), channel);
            for (int c = a * 4; c < (a * 4) + 4; c++)
            {
                yield return (Data(bssid, Client(c), c), channel);
                yield return (FrameBuilder.Ack(Client(c)).Build(), channel);
                yield return (FrameBuilder.Rts(bssid, Client(c)).Build(), channel);
            }
        }
    }

    /// <summary>
    /// One frame that makes each device: of ten, two access points with a name of their own, six clients sending data to one, two strangers asking
    /// for one of two hundred names.
    /// </summary>
    public static IEnumerable<(byte[] Frame, int Channel)> Devices(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int tenth = i / 10;
            int accessPoint = (tenth * 2) + (i % 2);
            int channel = s_channels[accessPoint % s_channels.Length];
            yield return (i % 10) switch
            {
                0 or 1 => (Beacon(AccessPoint(accessPoint), $"Network {accessPoint}", channel, s_securities[accessPoint % s_securities.Length]), channel),
                < 8 => (Data(AccessPoint(accessPoint), Client(i), i), channel),
                _ => (FrameBuilder.ProbeRequest(Client(i), $"Wanted {i * 7919L % 1000}").Build(), channel),
            };
        }
    }

    private static byte[] Beacon(MacAddress bssid, string name, int channel, SecurityPreset security) =>
        FrameBuilder.Beacon(bssid, name, channel, security).Ht(channel).Build();

    private static byte[] Data(MacAddress bssid, MacAddress client, int number) =>
        FrameBuilder.ToDs(bssid, client, bssid, tid: 0).Sequence(number).Protect(DataProtection.Ccmp).Body(new byte[60]).Build();

    // Vendors' addresses count up in the low bytes: the pattern a hash index has to stand.
    private static MacAddress AccessPoint(int number) => new(0x000C_4200_0000UL + (uint)number);

    private static MacAddress Client(int number) => new(0xF4F5_D800_0000UL + (uint)number);
}
