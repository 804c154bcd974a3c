using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>Messages to frames and sensors, without a socket.</summary>
public sealed class TzspIntakeTests
{
    private const long Second = 1_000_000_000;

    private readonly OriginTable _origins = new();
    private readonly RecordingSink _sink = new();
    private readonly RecordingTap _tap = new();

    [Fact]
    public void ASensorIsItsAddressAndItsSerialNotItsPort()
    {
        TzspIntake intake = Intake();
        byte[] first = TzspBytes.Message(TzspBytes.Tag(60, 2, 0, 0, 0, 0, 1));
        byte[] second = TzspBytes.Message(TzspBytes.Tag(60, 2, 0, 0, 0, 0, 2));
        byte[] none = TzspBytes.Message();
        Feed(intake, From("192.0.2.1", 1000), first, second, first, none);
        Feed(intake, From("192.0.2.1", 2000), first);
        Feed(intake, From("192.0.2.2", 1000), first);
        Feed(intake, From("::ffff:192.0.2.2", 1000), first);
        Assert.Equal(
            ["02:00:00:00:00:01 192.0.2.1:1000 3", "02:00:00:00:00:02 192.0.2.1:1000 1", "192.0.2.1 192.0.2.1:1000 1", "02:00:00:00:00:01 192.0.2.2:1000 2"],
            _origins.Snapshot.Select(o => $"{o.Id} {o.Address} {o.Counters.Received}"));
        Assert.Equal([0, 1, 2, 3], _origins.Snapshot.Select(o => o.Index));
        Assert.Equal([0, 1, 0, 2, 0, 3, 3], _sink.Frames.Select(f => f.Info.Origin.Index));
    }

    [Fact]
    public void ThousandsOfSerialsAtOneAddressAreToldApart()
    {
        TzspIntake intake = Intake(maxSensors: 3000);
        byte[][] messages = [.. Enumerable.Range(0, 3000).Select(i => TzspBytes.Message(TzspBytes.Tag(60, (byte)(i >> 8), (byte)i)))];
        Feed(intake, From("192.0.2.1"), messages);
        Feed(intake, From("192.0.2.1"), messages);
        Assert.Equal(3000, _origins.Count);
        Assert.All(_origins.Snapshot, o => Assert.Equal(2, o.Counters.Received));
    }

    [Fact]
    public void EachSensorHasItsOwnCount()
    {
        TzspIntake intake = Intake();
        byte[] Of(byte serial, uint count) => TzspBytes.Message([.. TzspBytes.Tag(60, serial), .. TzspBytes.Count(count)]);
        Feed(intake, From("192.0.2.1"), Of(1, 1), Of(2, 1000), Of(1, 2), Of(2, 1001), Of(1, 5), Of(2, 1000), Of(2, 1002));
        Assert.Equal(["2 0", "0 1"], _origins.Snapshot.Select(o => $"{o.Counters.Lost} {o.Counters.Reordered}"));
    }

    [Fact]
    public void MessagesWithoutAFrameCarryTheCountOn()
    {
        TzspIntake intake = Intake();
        byte[] Empty(uint count) => TzspBytes.Of(0, 18, TzspBytes.Count(count), []);
        Feed(intake, From("192.0.2.1"), Empty(1), TzspBytes.Message(TzspBytes.Count(2)), Empty(3), TzspBytes.Of(3, 0, TzspBytes.Count(4), []), TzspBytes.Message(TzspBytes.Count(5)));
        Assert.Equal(0, _origins.Snapshot[0].Counters.Lost);
        Assert.Equal(5, _origins.Snapshot[0].Counters.Received);
        Assert.Equal(2, _sink.Frames.Count);
        Assert.Equal("[TzspConfiguration, 1] [TzspEmpty, 2]", Drops(intake));
    }

    [Fact]
    public void GarbageMakesNoSensorAndCountsForAKnownOne()
    {
        TzspIntake intake = Intake();
        byte[] garbage = [1, 0, 0, 18, 10];
        byte[] keepAlive = [1, 4, 0, 0];
        Feed(intake, From("192.0.2.1"), garbage, keepAlive, [], [2, 0, 0, 18, 1, 0], [1, 7, 0, 18, 1, 0]);
        Assert.Empty(_origins.Snapshot);
        Feed(intake, From("192.0.2.1"), TzspBytes.Message(), garbage, keepAlive);
        Assert.Equal((3, 1), (_origins.Snapshot[0].Counters.Received, _origins.Snapshot[0].Counters.Malformed));
        Assert.Equal("[TzspTruncated, 3] [TzspVersion, 1] [TzspType, 1] [TzspControl, 2]", Drops(intake));

        // The tap sees what can be read, a keepalive too, garbage never.
        Assert.Equal([TzspBytes.Message(), keepAlive], _tap.Messages);
    }

    [Fact]
    public void TheTableOfSensorsHasALimit()
    {
        TzspIntake intake = Intake(maxSensors: 2);
        Feed(intake, From("192.0.2.1"), TzspBytes.Message());
        Feed(intake, From("192.0.2.2"), TzspBytes.Message());
        Feed(intake, From("192.0.2.3"), TzspBytes.Message());
        Feed(intake, From("192.0.2.1"), TzspBytes.Message(TzspBytes.Tag(60, 1)));
        Feed(intake, From("192.0.2.2"), TzspBytes.Message());
        Assert.Equal(2, _origins.Count);
        Assert.Equal(3, _sink.Frames.Count);
        Assert.Equal("[SensorLimit, 2]", Drops(intake));
    }

    [Fact]
    public void StrangersAreCountedAndNotRead()
    {
        TzspIntake intake = Intake(filter: new AllowList([IPNetwork.Parse("192.0.2.0/24")]));
        Feed(intake, From("192.0.2.1"), TzspBytes.Message());
        Feed(intake, From("198.51.100.1"), TzspBytes.Message(), [1]);
        Feed(intake, From("192.0.2.1"), TzspBytes.Message());
        Assert.Single(_origins.Snapshot);
        Assert.Equal(2, _sink.Frames.Count);
        Assert.Equal("[SensorNotAllowed, 2]", Drops(intake));
    }

    [Fact]
    public void OurOwnStreamIsCountedAndNotDelivered()
    {
        TzspIntake intake = Intake(feedback: new FeedbackFilter(37008, []));
        byte[] frame =
        [
            .. new byte[12], 8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 198, 51, 100, 1, 0x9C, 0x40, 0x90, 0x90, 0, 8, 0, 0,
        ];
        Feed(intake, From("192.0.2.1"), TzspBytes.Of(0, 1, TzspBytes.Count(1), frame), TzspBytes.Message(TzspBytes.Count(2)));
        Assert.Single(_sink.Frames);
        Assert.Equal(0, _origins.Snapshot[0].Counters.Lost);
        Assert.Equal("[Feedback, 1]", Drops(intake));
    }

    [Fact]
    public void ASensorsNameAndPlaceFollowWhatItSaysOnceASecond()
    {
        TzspIntake intake = Intake();
        byte[] Of(string name, string place) =>
            TzspBytes.Message([.. TzspBytes.Tag(80, System.Text.Encoding.UTF8.GetBytes(name)), .. TzspBytes.Tag(81, System.Text.Encoding.UTF8.GetBytes(place))]);
        FrameOrigin Origin() => _origins.Snapshot[0];

        Feed(intake, From("192.0.2.1", 1), 10 * Second, Of("AP-1", "lobby"));
        Assert.Equal(("AP-1", "lobby", "192.0.2.1:1"), (Origin().Name, Origin().Location, Origin().Address));
        string? name = Origin().Name;
        Feed(intake, From("192.0.2.1", 2), (10 * Second) + 1, Of("AP-2", "roof"));
        Assert.Equal(("AP-1", "lobby", "192.0.2.1:1"), (Origin().Name, Origin().Location, Origin().Address));
        Feed(intake, From("192.0.2.1", 2), 12 * Second, Of("AP-1", "roof"));
        Assert.Equal(("AP-1", "roof", "192.0.2.1:2"), (Origin().Name, Origin().Location, Origin().Address));
        Assert.Same(name, Origin().Name);
        Feed(intake, From("192.0.2.1", 2), 14 * Second, TzspBytes.Message());
        Assert.Equal(("AP-1", "roof"), (Origin().Name, Origin().Location));
        Assert.Equal((10 * Second, 14 * Second), (Origin().Counters.FirstSeenNs, Origin().Counters.LastSeenNs));
    }

    [Fact]
    public void AFrameComesWithItsFacts()
    {
        TzspIntake intake = Intake();
        Feed(intake, From("192.0.2.1"), 5, TzspBytes.Message(Convert.FromHexString("0A01C4120201A72902010052080000000100000007")), TzspBytes.Message(Convert.FromHexString("29020001")));
        FrameInfo info = _sink.Frames[0].Info;
        Assert.Equal((5L, 256, 1_000_000_007L, (short)-60, (ushort)7115), (info.TimestampNs, info.OriginalLength, info.SensorClockNs, info.Radio.SignalDbm, info.Radio.FrequencyMHz));
        Assert.Equal(TzspBytes.Beacon, _sink.Frames[0].Packet);

        // A length on the air below what is there is no length on the air.
        Assert.Equal(TzspBytes.Beacon.Length, _sink.Frames[1].Info.OriginalLength);
        Assert.Equal(0, _sink.Frames[1].Info.SensorClockNs);
    }

    [Fact]
    public void FlagBitsOfTheTypeAreLetGo()
    {
        TzspIntake intake = Intake();
        Feed(intake, From("192.0.2.1"), [1, 0x80, 0, 18, 1, .. TzspBytes.Beacon], [1, 0x80, 0, 18, 10]);
        Assert.Single(_sink.Frames);
        Assert.Equal("[TzspType, 1]", Drops(intake));
    }

    private static SensorAddress From(string address, int port = 40000) => SensorAddress.From(IPAddress.Parse(address), port);

    private static string Drops(TzspIntake intake) => string.Join(' ', intake.ReadDrops().OrderBy(d => d.Key));

    private TzspIntake Intake(int maxSensors = 100, AllowList? filter = null, FeedbackFilter? feedback = null) =>
        new(_origins, maxSensors, filter, feedback) { Tap = _tap };

    private void Feed(TzspIntake intake, SensorAddress from, params byte[][] messages) => Feed(intake, from, 1, messages);

    private void Feed(TzspIntake intake, SensorAddress from, long timestampNs, params byte[][] messages)
    {
        _sink.BeginBatch();
        foreach (byte[] message in messages)
        {
            intake.Accept(message, from, timestampNs, _sink);
        }

        _sink.EndBatch();
    }

    private sealed class RecordingTap : IDatagramTap
    {
        public List<byte[]> Messages { get; } = [];

        public void OnMessage(ReadOnlySpan<byte> message, FrameOrigin origin, long timestampNs)
        {
            Assert.NotNull(origin);
            Messages.Add(message.ToArray());
        }
    }
}
