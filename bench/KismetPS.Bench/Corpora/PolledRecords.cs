using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit;

namespace KismetPS.Bench.Corpora;

/// <summary>
/// Records as a server answers a poll with, each of its own length of line, so that what changes (time, packets, signal) can be written over in place.
/// They have the values of a recorded access point.
/// </summary>
internal sealed class PolledRecords
{
    private const string Time = "1700000000";
    private const string Packets = "1000000";

    private readonly int[] _starts;
    private readonly int _time;
    private readonly int _packets;

    /// <summary>Makes the lines of so many devices.</summary>
    public PolledRecords(int count)
    {
        Count = count;
        StringBuilder text = new();
        _starts = new int[count + 1];
        for (int i = 0; i < count; i++)
        {
            text.Append(Line(i));
            _starts[i + 1] = text.Length;
        }

        Bytes = Encoding.ASCII.GetBytes(text.ToString());
        _time = Line(0).IndexOf(Time + ",\"P\"", StringComparison.Ordinal);
        _packets = Line(0).IndexOf(Packets, StringComparison.Ordinal);
    }

    public int Count { get; }

    /// <summary>All lines.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where line <paramref name="index"/> begins.</summary>
    public int Start(int index) => _starts[index];

    /// <summary>One line without its end.</summary>
    public ReadOnlySpan<byte> this[int index] => Bytes.AsSpan(_starts[index], _starts[index + 1] - _starts[index] - 1);

    /// <summary>Writes when a device was last heard, and how often.</summary>
    public void Touch(int index, long seconds, int packets)
    {
        Span<byte> line = Bytes.AsSpan(_starts[index]);
        seconds.TryFormat(line[_time..], out _, "D10", CultureInfo.InvariantCulture);
        packets.TryFormat(line[_packets..], out _, "D7", CultureInfo.InvariantCulture);
    }

    /// <summary>Mean bytes of a recorded device as a poll tells it, and whole; null without the recordings.</summary>
    public static (double Polled, double Whole)? Recorded()
    {
        if (RestSamples.Folder is null)
        {
            return null;
        }

        JsonArray devices = JsonNode.Parse(RestSamples.Read("devices-last-time-0.json"))!.AsArray();
        JsonArray fields = JsonNode.Parse(DeviceQuery.Facts)!.AsArray();
        long polled = devices.Sum(d => Encoding.UTF8.GetByteCount(TestKit.Web.KismetWebFields.Pick(d!.AsObject(), fields, [])) + 1L);
        return ((double)polled / devices.Count, (double)RestSamples.Read("devices-all-itjson.json").Length / devices.Count);
    }

    // Names and addresses differ; nothing else of an access point's line has to.
    private static string Line(int index) => string.Create(CultureInfo.InvariantCulture, $"{{\"m\":\"02:00:{(byte)(index >> 24):X2}:{(byte)(index >> 16):X2}:{(byte)(index >> 8):X2}:{(byte)index:X2}\",\"k\":\"4202770D00000000_{index:X8}0002\",")
        + $"\"p\":\"IEEE802.11\",\"t\":\"Wi-Fi AP\",\"n\":\"net-{index:D7}\",\"u\":0,\"g\":0,\"v\":\"Unknown\",\"c\":\"WPA2 WPA2-PSK AES-CCMP\",\"h\":\"6\",\"f\":2437000,\"a\":1699990000,"
        + $"\"l\":{Time},\"P\":{Packets},\"D\":40,\"E\":0,\"C\":40,\"L\":12,\"B\":273000,\"N\":0,\"y\":\"dbm\",\"s\":-51,\"i\":-80,\"x\":-30,\"z\":-95,\"r\":540,\"w\":[-74.006000, 40.712800],\"e\":10,"
        + $"\"S\":\"net-{index:D7}\",\"K\":0,\"M\":54,\"H\":\"HT20\",\"b\":\"02:00:00:00:00:00\",\"A\":0,\"R\":0,\"1\":0,\"2\":0,\"3\":0}}\n";
}
