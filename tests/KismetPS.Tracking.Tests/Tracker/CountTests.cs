using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Tracking.Tests.Tracker;

/// <summary>Packets, bytes, retries, damaged frames, times and signals.</summary>
public sealed class CountTests
{
    private readonly EngineRig _rig = new();

    [Fact]
    public void Frames_bytes_data_and_retries_are_counted_for_the_transmitter()
    {
        byte[] data = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1, 2, 3).Build();
        byte[] again = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Retry().Snap(0x0800, 1, 2, 3).Build();
        byte[] empty = FrameBuilder.NullToDs(Macs.Ap, Macs.Client).Build();
        _rig.Hear(data);
        _rig.Hear(again);
        _rig.Hear(again);
        _rig.Hear(empty);
        KismetDevice client = _rig.Device(Macs.Client);
        Assert.Equal((4L, 3L, 2L), (client.Packets, client.DataPackets, client.Retries));
        Assert.Equal(data.Length + (2 * again.Length) + empty.Length, client.Bytes);
    }

    [Fact]
    public void Management_and_protected_data_are_counted_for_the_transmitter_and_its_bss()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "x", 6).Build());
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "x").Build());
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1, 2, 3).Build());
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Protect(DataProtection.Ccmp).Body(new byte[20]).Build());
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Protect(DataProtection.Ccmp).Body(new byte[21]).Build());
        KismetDevice ap = _rig.Device(Macs.Ap);
        KismetDevice client = _rig.Device(Macs.Client);
        KismetNetwork network = Assert.Single(_rig.Networks());
        Assert.Equal((1L, 0L), (ap.ManagementPackets, ap.EncryptedPackets));
        Assert.Equal((1L, 2L), (client.ManagementPackets, client.EncryptedPackets));

        // The probe request went to everybody, so it is no frame of the BSS.
        Assert.Equal((4L, 1L, 2L), (network.Packets, network.ManagementPackets, network.EncryptedPackets));
    }

    [Theory]
    [InlineData(0, FcsState.Absent, 0)]
    [InlineData(100, FcsState.Absent, 100)]
    [InlineData(100, FcsState.Unknown, 100)]
    // The receiver tells the length with FCS and hands on the frame without.
    [InlineData(4, FcsState.Unknown, 0)]
    [InlineData(4, FcsState.Absent, 0)]
    // A promised FCS is the first to go, and is no part of the frame.
    [InlineData(104, FcsState.Present, 100)]
    [InlineData(4, FcsState.Present, 0)]
    internal void Bytes_are_those_on_the_air_even_of_a_cut_frame(int cut, FcsState fcs, int counted)
    {
        byte[] frame = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1, 2, 3).Build();
        _rig.Hear(frame, originalLength: frame.Length + cut, fcs: fcs);
        Assert.Equal(frame.Length + counted, _rig.Device(Macs.Client).Bytes);
        Assert.Equal(1, _rig.Device(Macs.Client).Packets);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_left_of_a_cut_fcs_is_no_part_of_the_frame(int cut)
    {
        byte[] whole = FrameBuilder.Beacon(Macs.Ap, "net", 6).BuildWithFcs();
        _rig.Hear(whole[..^cut], originalLength: whole.Length, fcs: FcsState.Present);
        Assert.Equal(whole.Length - 4, _rig.Device(Macs.Ap).Bytes);
    }

    [Fact]
    public void A_damaged_frame_adds_no_device_and_counts_where_one_is_known()
    {
        byte[] good = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1).Build();
        byte[] stranger = FrameBuilder.ToDs(Macs.OtherAp, Macs.OtherClient, Macs.OtherHost).Snap(0x0800, 1).Build();
        _rig.Hear(good);
        _rig.Hear(good, fcs: FcsState.AbsentBad);
        _rig.Hear(FrameCheck.Append(good, bad: true), fcs: FcsState.Present);
        _rig.Hear(stranger, fcs: FcsState.AbsentBad);
        _rig.Hear(stranger[..12], fcs: FcsState.AbsentBad);
        KismetDevice client = _rig.Device(Macs.Client);
        Assert.Equal((1L, 2L), (client.Packets, client.FcsErrors));
        Assert.Equal(2, _rig.Devices().Count);
        Assert.Equal(4, _rig.Engine.Outcome(DecodeStatus.FcsError));
    }

    [Fact]
    public void A_frame_cut_inside_its_header_adds_no_device()
    {
        byte[] frame = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host, tid: 0).Build();
        for (int length = 0; length < 26; length++)
        {
            _rig.Hear(frame[..length], originalLength: frame.Length);
        }

        Assert.Empty(_rig.Devices());
        _rig.Hear(frame[..26], originalLength: 200);
        Assert.Equal(2, _rig.Devices().Count);
    }

    [Fact]
    public void Times_are_the_first_and_last_whatever_the_order()
    {
        long start = _rig.NowNs;
        foreach (int second in (int[])[10, 30, 5, 20])
        {
            _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client), at: start + (second * 1_000_000_000L));
        }

        Assert.Equal(UnixTime.ToDateTime(start + 5_000_000_000), _rig.Device(Macs.Client).FirstSeen);
        Assert.Equal(UnixTime.ToDateTime(start + 30_000_000_000), _rig.Device(Macs.Client).LastSeen);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Any_packet_time_is_taken(long time)
    {
        EngineRig rig = new(new TrackerOptions { DeviceTimeout = TimeSpan.FromSeconds(1) });
        rig.Hear(FrameBuilder.ProbeRequest(Macs.Client), at: 0);
        rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6), at: time);
        rig.Hear(FrameBuilder.Deauthentication(MacAddress.Broadcast, Macs.Ap, Macs.Ap), at: time);
        rig.Hear(FrameBuilder.Deauthentication(MacAddress.Broadcast, Macs.Ap, Macs.Ap), at: -time);
        rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1), at: time);
        Assert.All(rig.Devices(), static d => Assert.True(d.FirstSeen <= d.LastSeen));
    }

    [Fact]
    public void Signals_are_kept_as_last_weakest_and_strongest()
    {
        foreach (int? signal in (int?[])[-60, -40, null, -80, -55])
        {
            _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client), signal: signal);
        }

        KismetDevice client = _rig.Device(Macs.Client);
        Assert.Equal((-55, -80, -40), (client.SignalDbm, client.SignalMinDbm, client.SignalMaxDbm));
        KismetSensorSignal ear = Assert.Single(client.Sensors);
        Assert.Equal((-55, -80, -40, -58.8, 5L), (ear.SignalDbm, ear.SignalMinDbm, ear.SignalMaxDbm, ear.SignalMeanDbm, ear.Packets));
    }

    [Fact]
    public void Who_is_only_told_of_has_no_signal()
    {
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Host, Macs.Client).Snap(0x0800, 1), signal: -40);
        Assert.Null(_rig.Device(Macs.Host).SignalDbm);
        Assert.Null(_rig.Device(Macs.Client).SignalDbm);
        Assert.Empty(_rig.Device(Macs.Client).Sensors);
        Assert.Null(_rig.Device(Macs.Client).SensorId);
        Assert.Equal(-40, _rig.Device(Macs.Ap).SignalDbm);
    }

    [Fact]
    public void Frames_sent_for_a_host_are_its_own_until_it_is_heard_itself()
    {
        byte[] relayed = FrameBuilder.FromDs(Macs.Ap, Macs.Client, MacAddress.Broadcast).Snap(0x0806, 1, 2, 3).Build();
        byte[] own = FrameBuilder.ToDs(Macs.Ap, Macs.Client, MacAddress.Broadcast).Snap(0x0806, 1, 2, 3).Build();
        _rig.Hear(relayed);
        _rig.Hear(relayed);
        Assert.Equal((2L, 2L), (_rig.Device(Macs.Client).Packets, _rig.Device(Macs.Client).DataPackets));
        _rig.Hear(own);
        _rig.Hear(relayed);
        Assert.Equal(3, _rig.Device(Macs.Client).Packets);
        Assert.Equal((2 * relayed.Length) + own.Length, _rig.Device(Macs.Client).Bytes);
    }
}
