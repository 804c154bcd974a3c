using System.Buffers.Binary;
using System.Globalization;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;

namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>One row of tshark's table of frames, with what the FCS says of it.</summary>
internal sealed class OracleFrame
{
    private readonly OracleTable _table;
    private readonly int _row;

    private OracleFrame(OracleTable table, int row, bool damaged)
    {
        _table = table;
        _row = row;
        IsDamaged = damaged;
        // The carried frame of a control wrapper is listed behind the wrapper's own.
        string subtype = First("wlan.fc.type_subtype");
        Subtype = subtype.Length == 0 ? -1 : int.Parse(subtype.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        // tshark gives the extension number of control frame extensions in the bits where others have ToDS and FromDS.
        string direction = First("wlan.fc.ds");
        Direction = direction.Length == 0 ? 0 : int.Parse(direction.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string[] time = table[row, "frame.time_epoch"].Split('.');
        TimestampNs = (long.Parse(time[0], CultureInfo.InvariantCulture) * 1_000_000_000) + long.Parse(time[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The FCS is there and wrong: tshark reads the frame all the same, we must not.</summary>
    public bool IsDamaged { get; }

    /// <summary>Type in the high nibble, subtype in the low one; -1 where tshark gives none (version other than 0).</summary>
    public int Subtype { get; }

    /// <summary>1 ToDS, 2 FromDS, 3 both.</summary>
    public int Direction { get; }

    public long TimestampNs { get; }

    public bool IsManagement => Subtype is >= 0 and <= 0x0F;

    public bool IsData => Subtype is >= 0x20 and <= 0x2F;

    public bool IsProtected => First("wlan.fc.protected") == "1";

    public bool IsAggregate => First("wlan.qos.amsdupresent") == "1";

    public bool IsRetry => First("wlan.fc.retry") == "1";

    public bool IsAdvertisement => Subtype is 0x08 or 0x05;

    public string Transmitter => First("wlan.ta");

    public string Receiver => First("wlan.ra");

    public string Bssid => First("wlan.bssid");

    /// <summary>Source addresses; of an A-MSDU those of its subframes.</summary>
    public IEnumerable<string> Sources => All("wlan.sa");

    /// <summary>Destination addresses; of an A-MSDU those of its subframes.</summary>
    public IEnumerable<string> Destinations => All("wlan.da");

    /// <summary>Every address tshark shows in any role.</summary>
    public IEnumerable<string> Addresses =>
        new[] { "wlan.bssid", "wlan.sa", "wlan.ta", "wlan.da", "wlan.ra", "wlan.staa" }.SelectMany(All).Distinct();

    /// <summary>The first SSID element: null where there is none, empty where it is empty.</summary>
    public byte[]? Ssid => First("wlan.ssid") switch
    {
        "" => null,
        "<MISSING>" => [],
        string hex => Convert.FromHexString(hex),
    };

    public string MeshId => First("wlan.mesh.id");

    /// <summary>Channel told by the elements, 0 if none.</summary>
    public int ToldChannel => Number("wlan.ht.info.primarychannel") is int primary and > 0 ? primary : Number("wlan.ds.current_channel");

    /// <summary>All frames of a capture.</summary>
    public static IReadOnlyList<OracleFrame> ReadAll(string file)
    {
        OracleTable table = OracleCaptures.Frames(file);
        IReadOnlyList<CapturedPacket> packets = OracleCaptures.Packets(file);
        List<OracleFrame> frames = new(table.Count);
        for (int row = 0; row < table.Count; row++)
        {
            frames.Add(new OracleFrame(table, row, Damaged(table, row, packets[row])));
        }

        return frames;
    }

    private static bool Damaged(OracleTable table, int row, CapturedPacket packet)
    {
        if (table[row, "radiotap.flags.badfcs"] == "1")
        {
            return true;
        }

        const int RadiotapLink = 127;
        if (table[row, "radiotap.flags.fcs"] != "1" || packet.LinkType != RadiotapLink)
        {
            return false;
        }

        ReadOnlySpan<byte> frame = packet.Bytes.AsSpan(BinaryPrimitives.ReadUInt16LittleEndian(packet.Bytes.AsSpan(2)));
        return frame.Length < 4 || FrameCheck.Compute(frame[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(frame[^4..]);
    }

    private string First(string column)
    {
        string cell = _table[_row, column];
        int comma = cell.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? cell : cell[..comma];
    }

    private int Number(string column) => int.TryParse(First(column), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private IEnumerable<string> All(string column) =>
        _table[_row, column].Split(',', StringSplitOptions.RemoveEmptyEntries);
}
