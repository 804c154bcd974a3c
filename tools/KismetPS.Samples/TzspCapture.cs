using KismetPS.Wireless;

namespace KismetPS.Samples;

/// <summary>
/// The air as two TZSP sensors stream it: UDP to port 37008 inside IPv4 inside Ethernet, in a classic pcap file. Each sensor hears with its
/// own signal and misses what is weak; a little of what it sends is lost on the way, which shows as gaps in its packet count.
/// </summary>
public static class TzspCapture
{
    private const int Port = 37008;
    private const int EncapsulationIeee80211 = 18;

    public static byte[] Write(IReadOnlyList<AirFrame> air, DateTimeOffset start, Dice dice)
    {
        var file = new List<byte>();
        file.Little32(0xA1B2C3D4).Little16(2).Little16(4).Little32(0).Little32(0).Little32(65535).Little32(1);
        var sensors = new[]
        {
            new Sensor(1, "4C:5E:0C:E0:57:01", "east wing", 11),
            new Sensor(2, "4C:5E:0C:E0:57:02", "west wing", 12),
        };
        long startUs = start.ToUnixTimeMilliseconds() * 1000;
        foreach (AirFrame frame in air)
        {
            foreach (Sensor sensor in sensors)
            {
                int signal = frame.Sender.Signal[sensor.Index] + dice.Between(-2, 2);
                if (signal < -88)
                {
                    continue;
                }

                sensor.Count++;
                if (dice.Percent(2))
                {
                    continue;
                }

                byte[] datagram = Datagram(frame, sensor, signal);
                long time = startUs + frame.TimeUs + 300 + (sensor.Index * 150);
                file.Little32((uint)(time / 1_000_000)).Little32((uint)(time % 1_000_000)).Little32((uint)datagram.Length).Little32((uint)datagram.Length).Text(datagram);
            }
        }

        return file.ToArray();
    }

    private static byte[] Datagram(AirFrame frame, Sensor sensor, int signal)
    {
        List<byte> tzsp = [1, 0];
        tzsp.Big16(EncapsulationIeee80211);
        tzsp.Text([10, 1, (byte)signal, 11, 1, unchecked((byte)-95), 12, 1, (byte)frame.Rate]);
        tzsp.Text([13, 4]).Big32((uint)frame.TimeUs);
        tzsp.Text([18, 2]).Big16(Channel(frame.FrequencyMHz));
        tzsp.Text([40, 4]).Big32(sensor.Count);
        tzsp.Text([41, 2]).Big16(frame.Bytes.Length);
        tzsp.Text([60, 6]).Text(sensor.Serial);
        tzsp.Text([80, (byte)sensor.Name.Length]).Text(sensor.Name);
        tzsp.Text([1]).Text(frame.Bytes);

        // RFC 768, RFC 791, on documentation addresses (RFC 5737); a UDP checksum of zero means none.
        List<byte> ip = [0x45, 0];
        ip.Big16(28 + tzsp.Count).Big16((int)(sensor.Count & 0xFFFF)).Big16(0x4000).Text([64, 17, 0, 0, 192, 0, 2, sensor.Host, 192, 0, 2, 1]);
        int sum = 0;
        for (int i = 0; i < 20; i += 2)
        {
            sum += (ip[i] << 8) | ip[i + 1];
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = ~((sum & 0xFFFF) + (sum >> 16));
        ip[10] = (byte)(sum >> 8);
        ip[11] = (byte)sum;
        List<byte> datagram = [0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, sensor.Host, 0x08, 0x00];
        datagram.AddRange(ip);
        datagram.Big16(49000 + sensor.Host).Big16(Port).Big16(8 + tzsp.Count).Big16(0);
        datagram.AddRange(tzsp);
        return datagram.ToArray();
    }

    // As Wireshark's table numbers them: 6 GHz as (MHz - 5000) / 5, so that numbers stay distinct from 5 GHz.
    private static int Channel(int frequency) => frequency switch
    {
        > 5925 => (frequency - 5000) / 5,
        > 5000 => (frequency - 5000) / 5,
        _ => (frequency - 2407) / 5,
    };

    private sealed class Sensor(int index, string serial, string name, byte host)
    {
        public int Index => index;

        public byte[] Serial { get; } = ToBytes(MacAddress.Parse(serial));

        public byte[] Name { get; } = System.Text.Encoding.ASCII.GetBytes(name);

        public byte Host => host;

        public uint Count { get; set; } = 1000u * (uint)index;

        private static byte[] ToBytes(MacAddress address)
        {
            var bytes = new byte[MacAddress.Size];
            address.Write(bytes);
            return bytes;
        }
    }
}
