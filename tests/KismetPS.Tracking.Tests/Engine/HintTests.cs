using System.Net;
using System.Text.Json;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking.Tables;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>A batch whose devices are fetched ahead gives what the same messages give one by one.</summary>
public sealed class HintTests
{
    [Theory]
    [InlineData(1, 12_000, 250_000)]
    [InlineData(2, 12_000, 2_100)]
    [InlineData(3, 300, 250_000)]
    public void Hints_change_nothing(int seed, int stations, int maxDevices)
    {
        TrackerOptions options = new() { MaxDevices = maxDevices };
        EngineRig hinted = new(options);
        EngineRig plain = new(options);
        TzspIntake hintedIntake = new(new OriginTable(), 16);
        TzspIntake plainIntake = new(new OriginTable(), 16);
        foreach (byte[][] batch in Batches(seed, stations))
        {
            long now = hinted.NowNs += 1_000_000;
            hinted.Engine.BeginBatch();
            hintedIntake.AcceptBatch(new Given(batch), batch.Length, now, hinted.Engine);
            hinted.Engine.EndBatch();

            plain.Engine.BeginBatch();
            foreach (byte[] message in batch)
            {
                plainIntake.Accept(message, Given.From, now, plain.Engine);
            }

            plain.Engine.EndBatch();
        }

        Assert.Equal(stations > RowFetcher.FromDevices, hinted.Engine.TakesHints);
        Assert.Equal(plain.Devices().Count, hinted.Devices().Count);
        Assert.Equal(plain.Devices().Select(static d => JsonSerializer.Serialize(d)), hinted.Devices().Select(static d => JsonSerializer.Serialize(d)));
        Assert.Equal(plain.Networks().Select(static n => JsonSerializer.Serialize(n)), hinted.Networks().Select(static n => JsonSerializer.Serialize(n)));
    }

    // Messages of two layouts, so that many a guess where the frame begins is wrong, and some that are cut.
    private static IEnumerable<byte[][]> Batches(int seed, int stations)
    {
        byte[][] layouts = [[1, 0, 0, 18, 10, 1, 200, 18, 1, 6, 1], [1, 0, 0, 18, 0, 0, 0, 10, 1, 190, 1]];
        RandomAir air = new(seed, stations);
        Random random = new(seed);
        for (int batches = 0; batches < 500; batches++)
        {
            byte[][] batch = new byte[1 + random.Next(64)][];
            for (int i = 0; i < batch.Length; i++)
            {
                byte[] message = [.. layouts[random.Next(20) == 0 ? 1 : 0], .. random.Next(10) == 0 ? air.NextDamaged() : air.Next()];
                batch[i] = random.Next(30) == 0 ? message[..random.Next(message.Length)] : message;
            }

            yield return batch;
        }
    }

    private sealed class Given(byte[][] messages) : DatagramReceiver
    {
        public static SensorAddress From { get; } = SensorAddress.From(IPAddress.Parse("192.0.2.1"), 40_000);

        public override int Receive(int timeoutMs) => messages.Length;

        public override ReadOnlySpan<byte> Message(int index) => messages[index];

        public override SensorAddress Sender(int index) => From;

        public override void Dispose()
        {
        }
    }
}
