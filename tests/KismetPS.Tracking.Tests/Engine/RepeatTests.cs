using System.Buffers.Binary;
using System.Text.Json;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>Beacons that repeat are counted without being read: the tables, networks and alerts are those of reading each.</summary>
public sealed class RepeatTests
{
    private const int TsfOffset = 24;
    private const int ElementsOffset = 36;

    private readonly EngineRig _quick = new();
    private readonly EngineRig _plain = new(new TrackerOptions { ReadsRepeats = true });
    private int _last;

    [Theory]
    [InlineData(1, 30, 40_000)]
    [InlineData(2, 400, 40_000)]
    [InlineData(3, 5, 20_000)]
    public void Of_a_site_in_any_order(int seed, int stations, int frames)
    {
        RandomAir air = new(seed, stations);
        Random random = new(seed);
        List<byte[]> beacons = [];
        for (int i = 0; i < frames; i++)
        {
            byte[] frame = beacons.Count > 0 && random.Next(3) != 0 ? Again(beacons, random) : random.Next(10) == 0 ? air.NextDamaged() : air.Next();
            if (IsBeacon(frame) && beacons.Count < 60)
            {
                beacons.Add(frame);
            }

            HearBoth(frame, random.Next(3), random.Next(10) == 0 ? null : random.Next(-90, -30), random.Next(8) == 0 ? 2462 : 2437, frame.Length + (random.Next(20) == 0 ? 7 : 0));
        }

        AssertEqual();
        Assert.True(_quick.Engine.Tracker.Repeats > 100, $"{_quick.Engine.Tracker.Repeats} repeats");
        Assert.Equal(0, _plain.Engine.Tracker.Repeats);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_scarce_room_for_devices_and_names(bool many)
    {
        TrackerOptions options = new() { MaxDevices = 64 };
        EngineRig quick = new(options);
        EngineRig plain = new(options with { ReadsRepeats = true });
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            int ap = random.Next(many ? 5000 : 90);
            byte[] frame = FrameBuilder.Beacon(Macs.ApNumber(ap), $"name {ap % 70}", 6, tsf: (ulong)i * 1000).Wps(2, $"maker {ap}", $"model {ap}", $"box {i / 4000}").Build();
            quick.Hear(frame);
            plain.Hear(frame);
        }

        Assert.Equal(Lines(plain.Devices()), Lines(quick.Devices()));
        Assert.Equal(Lines(plain.Networks()), Lines(quick.Networks()));
        Assert.Equal(plain.Tables.Names.Count, quick.Tables.Names.Count);
    }

    [CapturesFact]
    public void Of_captures()
    {
        foreach (string file in OracleCaptures.Files())
        {
            foreach (CapturedPacket packet in PcapFileReader.ReadAll(OracleCaptures.TzspPath(file)).Take(20_000))
            {
                // Ethernet, IPv4 without options, UDP; a TZSP header of fixed layout is the frame's to skip.
                byte[] message = packet.Bytes[42..];
                if (KismetPS.Capture.Tzsp.TzspReader.Read(message, out KismetPS.Capture.Tzsp.TzspFacts facts, out KismetPS.Wireless.Radio.RadioInfo radio) == KismetPS.Capture.Tzsp.TzspStatus.Frame)
                {
                    HearBoth(message[facts.FrameOffset..], 0, radio.SignalDbm, radio.FrequencyMHz == 0 ? 2437 : radio.FrequencyMHz, 0);
                }
            }
        }

        AssertEqual();
        Assert.True(_quick.Engine.Tracker.Repeats > 100, $"{_quick.Engine.Tracker.Repeats} repeats");
    }

    [Fact]
    public void Clock_and_traffic_map_are_nothing_new()
    {
        _quick.Hear(Beacon(1000, [0, 1, 0, 0]));
        _quick.Hear(Beacon(2000, [1, 3, 1, 0x20, 0x40]));
        _quick.Hear(Beacon(3000, [0, 1, 0, 0x20]));
        Assert.Equal(2, _quick.Engine.Tracker.Repeats);
        KismetNetwork network = Assert.Single(_quick.Networks());
        Assert.Equal(3, network.Beacons);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_else_is_new_is_read(int what)
    {
        _quick.Hear(Beacon(1000, [0, 1, 0, 0]));
        byte[] next = Beacon(2000, [0, 1, 0, 0]);
        switch (what)
        {
            case 0:
                // Interval, capability, a rate, the last byte of the last element.
                next[32]++;
                break;
            case 1:
                next[34] ^= 0x10;
                break;
            case 2:
                next[ElementsOffset + 2 + 4 + 2] ^= 0x80;
                break;
            case 3:
                next[^1] ^= 1;
                break;
        }

        _quick.Hear(next, frequency: what == 4 ? 2462 : 2437);
        Assert.Equal(0, _quick.Engine.Tracker.Repeats);
    }

    [Fact]
    public void A_clock_that_runs_backwards_is_told()
    {
        _quick.Hear(Beacon(900_000_000, []));
        _quick.Hear(Beacon(900_100_000, []));
        _quick.Hear(Beacon(1_000, []));
        Assert.Equal([KismetAlertType.BssTimestamp], _quick.AlertTypes());
    }

    private static byte[] Beacon(ulong tsf, byte[] map)
    {
        byte[] beacon = FrameBuilder.Beacon(Macs.ApNumber(1), "Home", 6, SecurityPreset.Wpa2Psk, tsf).Build();
        return map.Length == 0 ? beacon : WithMap(beacon, map, 2);
    }

    // Behind so many elements.
    private static byte[] WithMap(byte[] beacon, byte[] map, int behind)
    {
        int at = ElementsOffset;
        for (int i = 0; i < behind && at + 1 < beacon.Length; i++)
        {
            at = Math.Min(beacon.Length, at + 2 + beacon[at + 1]);
        }

        return [.. beacon[..at], ElementId.TrafficIndicationMap, (byte)map.Length, .. map, .. beacon[at..]];
    }

    private static bool IsBeacon(byte[] frame) => frame.Length > ElementsOffset && frame[0] == 0x80;

    // One heard before: its clock goes on, seldom back; a map comes and goes; now and then something else is changed for good or once.
    private byte[] Again(List<byte[]> beacons, Random random)
    {
        int which = _last = random.Next(5) == 0 ? random.Next(beacons.Count) : _last;
        byte[] frame = [.. beacons[which]];
        ulong tsf = BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(TsfOffset));
        tsf = random.Next(50) == 0 ? tsf - 5_000_000 : tsf + 102_400;
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(TsfOffset), tsf);
        if (random.Next(12) == 0)
        {
            frame[random.Next(32, frame.Length)] ^= (byte)(1 << random.Next(8));
        }

        if (random.Next(2) == 0)
        {
            beacons[which] = frame;
        }

        return random.Next(6) != 0 ? WithMap(frame, new byte[random.Next(8)], random.Next(10) == 0 ? random.Next(5) : which % 4) : frame;
    }

    private static IEnumerable<string> Lines<T>(IEnumerable<T> items) => items.Select(static i => JsonSerializer.Serialize(i));

    private void HearBoth(byte[] frame, int sensor, int? signal, int frequency, int originalLength)
    {
        _quick.Hear(frame, sensor, signal, frequency, originalLength);
        _plain.Hear(frame, sensor, signal, frequency, originalLength);
    }

    private void AssertEqual()
    {
        Assert.Equal(Lines(_plain.Devices()), Lines(_quick.Devices()));
        Assert.Equal(Lines(_plain.Networks()), Lines(_quick.Networks()));
        Assert.Equal(
            _plain.Alerts().Select(static a => $"{a.Type} {a.Bssid} {a.Text}"),
            _quick.Alerts().Select(static a => $"{a.Type} {a.Bssid} {a.Text}"));
    }
}
