using System.Buffers;
using KismetPS.Capture.Drone;
using KismetPS.Capture.Tests.Tzsp;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Drone;

public sealed class DroneIntakeTests
{
    private static readonly byte[] s_beacon = FrameBuilder.Beacon(new MacAddress(0x0002_0304_0506), "drone", 6).Build();

    [KismetReferenceTheory]
    [InlineData(DroneRecordings.Stable)]
    [InlineData(DroneRecordings.Newcore)]
    public void A_recorded_drone_gives_all_its_frames_whole_and_once(string file)
    {
        byte[] stream = DroneRecordings.FromDrone(file);
        var expected = DroneRecordings.Packets(stream);
        Assert.True(expected.Count > 100);
        foreach (int piece in new[] { 1, 37, 4096, stream.Length })
        {
            RecordingSink sink = new();
            OriginTable origins = new();
            DroneIntake intake = new(origins, 64) { Address = "192.0.2.9:2502" };
            Feed(intake, stream, piece, sink);
            Assert.Equal(expected.Count, sink.Frames.Count);
            for (int i = 0; i < expected.Count; i++)
            {
                (byte[] packet, FrameInfo info) = sink.Frames[i];
                Assert.Equal(expected[i].Data, packet[..expected[i].Data.Length]);
                Assert.Equal(((long)expected[i].Seconds, LinkType.Ieee80211), (info.SensorClockNs / 1_000_000_000, info.LinkType));
                Assert.Equal("192.0.2.9:2502", info.Origin.Address);
            }

            Assert.Equal(expected.Count, origins.Snapshot.Sum(static o => o.Counters.Received));
            FrameOrigin origin = origins.Snapshot[0];
            Assert.All(origins.Snapshot, static o => Assert.NotNull(o.Name));
            Assert.Empty(intake.ReadDrops());
            Assert.True(intake.HasHello);
            if (file == DroneRecordings.Newcore)
            {
                Assert.Equal("2016-07-R1", intake.Version);
                Assert.InRange(origin.Position!.Latitude, 47.6, 47.7);
                Assert.StartsWith("47.6", origin.Location);
                Assert.Equal(origin.Id, origin.Serial);
            }
            else
            {
                Assert.Equal((DroneProtocol.Stable, "9"), (intake.Protocol, intake.Version));
            }
        }
    }

    [Fact]
    public void Radio_facts_of_newcore()
    {
        foreach ((DroneRadio radio, RadioFields fields, int channel, int frequency, int level, int kbps, PhyType phy) in new[]
        {
            (new DroneRadio(0, 2437, -61, -95, 0, 0, 4, 3, 540, 0, 0), RadioFields.Signal | RadioFields.Noise | RadioFields.Frequency | RadioFields.Channel | RadioFields.Rate, 6, 2437, -61, 54000, PhyType.Ofdm),
            (new DroneRadio(0, 5180, 0, 0, 33, 0, 0, 1, 10, 0, 0), RadioFields.RawSignal | RadioFields.Frequency | RadioFields.Channel | RadioFields.Rate, 36, 5180, 33, 1000, PhyType.Dsss),
            (new DroneRadio(0, 2412, -40, 0, 0, 0, 8, 3, 0, 0, 0), RadioFields.Signal | RadioFields.Frequency | RadioFields.Channel | RadioFields.Width, 1, 2412, -40, 0, PhyType.Ht),
            (new DroneRadio(0, 0, 0, 0, 0, 0, 0, 0, uint.MaxValue, 0, 0), RadioFields.None, 0, 0, 0, 0, PhyType.Unknown),
            (new DroneRadio(255, 65535, short.MinValue, short.MinValue, 7, 7, uint.MaxValue, uint.MaxValue, 110, 65535, 65535), RadioFields.Signal | RadioFields.Noise | RadioFields.RawSignal | RadioFields.Frequency | RadioFields.Rate, 0, 65535, short.MinValue, 11000, PhyType.Dsss),
        })
        {
            RadioInfo info = DroneRadioFacts.Read(radio, DroneProtocol.Newcore);
            Assert.Equal((fields, channel, frequency, kbps, phy), (info.Fields, info.Channel, info.FrequencyMHz, info.RateKbps, info.Phy));
            Assert.Equal(level, info.Has(RadioFields.Signal) ? info.SignalDbm : info.RawSignal);
        }
    }

    [Fact]
    public void Stable_levels_are_dBm_only_below_zero()
    {
        RadioInfo dbm = DroneRadioFacts.Read(new DroneRadio(11, 0, -70, -90, 0, 0, 0, 0, 20, 0, 0), DroneProtocol.Stable);
        Assert.Equal((-70, -90, 11, 2462), (dbm.SignalDbm, dbm.NoiseDbm, dbm.Channel, dbm.FrequencyMHz));
        RadioInfo raw = DroneRadioFacts.Read(new DroneRadio(11, 0, 70, 20, 0, 0, 0, 0, 20, 0, 0), DroneProtocol.Stable);
        Assert.Equal((70, false, false), (raw.RawSignal, raw.Has(RadioFields.Signal), raw.Has(RadioFields.Noise)));
    }

    [Fact]
    public void Radio_facts_survive_the_way_through_either_protocol()
    {
        foreach (DroneProtocol protocol in new[] { DroneProtocol.Newcore, DroneProtocol.Stable })
        {
            foreach ((int channel, Band band) in new[] { (1, Band.Ghz2), (14, Band.Ghz2), (36, Band.Ghz5), (165, Band.Ghz5) })
            {
                foreach (int kbps in new[] { 0, 1000, 5500, 11000, 22000, 6000, 54000 })
                {
                    RadioInfo told = default;
                    told.SetChannel(channel, band);
                    told.SetSignal(-67);
                    told.SetNoise(-93);
                    told.SetLegacyRate(kbps);
                    RadioInfo back = DroneRadioFacts.Read(DroneRadioFacts.Write(told, protocol), protocol);
                    Assert.Equal(told, back);
                }
            }
        }
    }

    [Fact]
    public void An_FCS_comes_back_to_the_end_of_its_frame_and_a_filler_does_not()
    {
        byte[] good = FrameCheck.Append(s_beacon);
        byte[] bad = FrameCheck.Append(s_beacon, bad: true);
        byte[] stream = Newcore(o =>
        {
            NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105, Fcs = good.AsSpan(^4..) });
            NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105, Fcs = bad.AsSpan(^4..) });
            NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105 });
        });
        RecordingSink sink = new();
        Feed(new DroneIntake(new OriginTable(), 4), stream, stream.Length, sink);
        Assert.Equal([good, bad, s_beacon], sink.Frames.Select(static f => f.Packet));
        Assert.Equal([FcsState.Present, FcsState.Present, FcsState.Unknown], sink.Frames.Select(static f => f.Info.Radio.Fcs));
    }

    [Fact]
    public void Sources_are_origins_by_identity_and_take_the_name_they_are_told()
    {
        Guid first = Guid.NewGuid();
        Guid second = Guid.NewGuid();
        byte[] stream = Newcore(o =>
        {
            NewcoreDrone.WriteSource(o, new DroneSource(first, false, "roof", "wlan0", "mac80211", true, 0, 5));
            NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105, SourceId = first });
            NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105, SourceId = second });
            NewcoreDrone.WriteSource(o, new DroneSource(second, false, "", "wlan1", "mac80211", true, 0, 5));
            NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105, SourceId = first });
            NewcoreDrone.TryWritePacket(o, new DronePacket { Position = new DronePosition(3, 52.5, 13.4, 34, 0, 0) });
            NewcoreDrone.TryWritePacket(o, new DronePacket { Position = new DronePosition(3, 0, 0, 0, 0, 0) });
            NewcoreDrone.TryWritePacket(o, new DronePacket { Position = new DronePosition(3, 91, 13.4, 0, 0, 0) });
        });
        OriginTable origins = new();
        RecordingSink sink = new();
        DroneIntake intake = new(origins, 2);
        Feed(intake, stream, 100, sink);
        Assert.Equal([(first.ToString(), "roof", 2L), (second.ToString(), "wlan1", 1L)], origins.Snapshot.Select(static o => (o.Id, o.Name!, o.Counters.Received)));
        Assert.All(origins.Snapshot, static o => Assert.Equal("52.500000,13.400000", o.Location));
        Assert.Equal(3, intake.Packets);

        // The table of sources is bounded, and a drone that invents them loses their frames only.
        stream = Newcore(o => NewcoreDrone.TryWritePacket(o, new DronePacket { Data = s_beacon, LinkType = 105, SourceId = Guid.NewGuid() }));
        intake.Restart();
        Feed(intake, stream, 100, sink);
        Assert.Equal(1, intake.ReadDrops()[SourceDropReason.SensorLimit]);
        Assert.Equal(3, sink.Frames.Count);
    }

    [Fact]
    public void A_position_of_a_stable_drone_without_GPS_is_what_lay_in_its_memory()
    {
        DronePacket packet = new() { Data = s_beacon, LinkType = 105, SourceName = "ath0"u8, Position = new DronePosition(2, 48.1, 11.6, 0, 0, 0) };
        foreach (bool gps in new[] { false, true })
        {
            ArrayBufferWriter<byte> output = new();
            StableDrone.WriteHello(output, gps);
            StableDrone.TryWritePacket(output, packet);
            OriginTable origins = new();
            Feed(new DroneIntake(origins, 4), output.WrittenSpan.ToArray(), 50, new RecordingSink());
            Assert.Equal(gps, origins.Snapshot.Single().Position is not null);
            Assert.Equal("ath0", origins.Snapshot.Single().Id);
        }
    }

    [Fact]
    public void Another_version_ends_the_connection()
    {
        ArrayBufferWriter<byte> output = new();
        NewcoreDrone.WriteHello(output, "2020", "later");
        byte[] newcore = output.WrittenSpan.ToArray();
        newcore[15] = 2;
        byte[] stable = [0xDE, 0xCA, 0xFB, 0xAD, 1, 0, 0, 0, 4, 0, 8, 0, 0];
        foreach (byte[] stream in new[] { newcore, stable })
        {
            DroneIntake intake = new(new OriginTable(), 4);
            Assert.Equal(DroneIntakeStatus.BadVersion, intake.Accept(stream, 1, new RecordingSink()));
            Assert.Equal(1, intake.ReadDrops()[SourceDropReason.DroneVersion]);
            Assert.False(intake.HasHello);
        }
    }

    [KismetReferenceTheory]
    [InlineData(DroneRecordings.Stable)]
    [InlineData(DroneRecordings.Newcore)]
    public void Damaged_streams_are_counted_and_never_more_than_their_bytes(string file)
    {
        byte[] whole = DroneRecordings.FromDrone(file)[..20_000];
        Random random = new(2502);
        for (int round = 0; round < 400; round++)
        {
            byte[] stream = [.. whole];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                stream[random.Next(stream.Length)] = (byte)random.Next(256);
            }

            RecordingSink sink = new();
            OriginTable origins = new();
            DroneIntake intake = new(origins, 8);
            DroneIntakeStatus status = DroneIntakeStatus.Ok;
            for (int at = 0, piece; at < stream.Length && status == DroneIntakeStatus.Ok; at += piece)
            {
                piece = Math.Min(random.Next(1, 5000), stream.Length - at);
                status = intake.Accept(stream.AsSpan(at, piece), 1, sink);
            }

            IReadOnlyDictionary<SourceDropReason, long> drops = intake.ReadDrops();

            // A SOURCE or STRING that cannot be read is counted as malformed and is no packet.
            Assert.InRange(intake.Packets, sink.Frames.Count, sink.Frames.Count + drops.GetValueOrDefault(SourceDropReason.DroneMalformed) + drops.GetValueOrDefault(SourceDropReason.SensorLimit));
            Assert.True(origins.Count <= 8);
            Assert.Equal(status != DroneIntakeStatus.Ok, drops.ContainsKey(SourceDropReason.DroneSentinel) || drops.ContainsKey(SourceDropReason.DroneTooLong) || drops.ContainsKey(SourceDropReason.DroneVersion));
            Assert.All(sink.Frames, f => Assert.InRange(f.Packet.Length, 1, stream.Length));
        }
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        byte[] fcs = FrameCheck.Append(s_beacon);
        byte[] stream = Newcore(o =>
        {
            for (int i = 0; i < 1000; i++)
            {
                NewcoreDrone.TryWritePacket(o, new DronePacket
                {
                    Data = s_beacon, LinkType = 105, Fcs = fcs.AsSpan(^4..), Radio = new DroneRadio(0, 2437, -50, -95, 0, 0, 4, 3, 540, 0, 0),
                    Position = new DronePosition(3, 52.5, 13.4, 34, 0, 0),
                });
            }
        });
        DroneIntake intake = new(new OriginTable(), 4);
        NullSink sink = new();
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            intake.Restart();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int at = 0; at < stream.Length; at += 1500)
            {
                intake.Accept(stream.AsSpan(at, Math.Min(1500, stream.Length - at)), 1, sink);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(5000, sink.Frames);

        // What HELO tells is text.
        Assert.InRange(least, 0, 1000);
    }

    private static void Feed(DroneIntake intake, byte[] stream, int piece, IFrameSink sink)
    {
        for (int at = 0; at < stream.Length; at += piece)
        {
            Assert.Equal(DroneIntakeStatus.Ok, intake.Accept(stream.AsSpan(at, Math.Min(piece, stream.Length - at)), 1_700_000_000_000_000_000, sink));
        }
    }

    private static byte[] Newcore(Action<ArrayBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        NewcoreDrone.WriteHello(output, "2016-07-R1", "test");
        write(output);
        return output.WrittenSpan.ToArray();
    }

    private sealed class NullSink : IFrameSink
    {
        public int Frames { get; private set; }

        public void BeginBatch()
        {
        }

        public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info) => Frames++;

        public void EndBatch()
        {
        }

        public void OnIdle()
        {
        }
    }
}
