using KismetPS.Capture;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Tracking.Tests.Tracker;

/// <summary>Several sensors at one air: each keeps its signal, the device counts a frame once.</summary>
public sealed class SensorTests
{
    private readonly EngineRig _rig = new();

    [Fact]
    public void A_frame_that_several_sensors_hear_is_one_frame_from_the_first_on()
    {
        byte[] beacon = FrameBuilder.Beacon(Macs.Ap, "net", 6).Build();
        _rig.Hear(beacon, sensor: 0, signal: -70);
        _rig.Hear(beacon, sensor: 1, signal: -40);
        _rig.Hear(beacon, sensor: 2, signal: -90);
        KismetDevice ap = _rig.Device(Macs.Ap);
        Assert.Equal((1L, beacon.Length), (ap.Packets, ap.Bytes));
        Assert.Equal([("sensor0", -70, 1L), ("sensor1", -40, 1L), ("sensor2", -90, 1L)], ap.Sensors.Select(static s => (s.SensorId, s.SignalDbm!.Value, s.Packets)));
        Assert.Equal(2, _rig.Engine.Tracker.Duplicates);
        Assert.Equal(1, _rig.Networks()[0].Packets);
    }

    [Fact]
    public void A_device_is_where_the_sensor_was_that_heard_it_best()
    {
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(1).Build(), sensor: 0, signal: -30);
        Assert.Equal((null, null, null), Place(_rig.Device(Macs.Client)));
        FrameOrigin car = _rig.Origins[0];
        car.Position = new GeoPosition(48.2082, 16.3738, 3, 171, 0, 0);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(2).Build(), sensor: 0, signal: -70);
        car.Position = new GeoPosition(-33.8688, 151.2093, 2, 5, 0, 0);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(3).Build(), sensor: 0, signal: -50);
        car.Position = new GeoPosition(1, 2, 3, 4, 0, 0);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(4).Build(), sensor: 0, signal: -60);
        Assert.Equal((-33.8688, 151.2093, null), Place(_rig.Device(Macs.Client)));

        // Another sensor, nearer, and one that does not know where it is.
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(5).Build(), sensor: 1, signal: -20);
        Assert.Equal((-33.8688, 151.2093, null), Place(_rig.Device(Macs.Client)));
        _rig.Origins[1].Position = new GeoPosition(89.9999999, -179.9999999, 3, -12, 0, 0);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client).Sequence(6).Build(), sensor: 1, signal: -45);
        Assert.Equal((89.9999999, -179.9999999, -12.0), Place(_rig.Device(Macs.Client)));
    }

    [Fact]
    public void The_best_ear_gives_the_devices_signal()
    {
        byte[] first = FrameBuilder.ProbeRequest(Macs.Client).Sequence(1).Build();
        byte[] second = FrameBuilder.ProbeRequest(Macs.Client).Sequence(2).Build();
        _rig.Hear(first, sensor: 0, signal: -70);
        _rig.Hear(first, sensor: 1, signal: -40);
        Assert.Equal((-40, -70, -40), Signals(_rig.Device(Macs.Client)));
        _rig.Hear(second, sensor: 1, signal: -60);
        _rig.Hear(second, sensor: 0, signal: -80);
        Assert.Equal((-60, -80, -40), Signals(_rig.Device(Macs.Client)));
        Assert.Equal("sensor1", _rig.Device(Macs.Client).SensorId);
    }

    [Fact]
    public void What_one_sensor_hears_twice_was_sent_twice()
    {
        byte[] request = FrameBuilder.Rts(Macs.Ap, Macs.Client).Build();
        byte[] retry = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Retry().Sequence(9).Snap(0x0800, 1).Build();
        foreach (byte[] frame in (byte[][])[request, retry])
        {
            // The farther sensor's datagrams come late.
            _rig.Hear(frame, sensor: 0);
            _rig.Hear(frame, sensor: 0);
            _rig.Hear(frame, sensor: 1);
            _rig.Hear(frame, sensor: 1);
        }

        KismetDevice client = _rig.Device(Macs.Client);
        Assert.Equal((4L, 2L), (client.Packets, client.Retries));
        Assert.Equal([4L, 4L], client.Sensors.Select(static s => s.Packets));
    }

    [Fact]
    public void Each_sensors_mean_is_its_own()
    {
        for (int i = 0; i < 10; i++)
        {
            byte[] frame = FrameBuilder.ProbeRequest(Macs.Client).Sequence(i).Build();
            _rig.Hear(frame, sensor: 0, signal: -40 - i);
            if (i % 2 == 0)
            {
                _rig.Hear(frame, sensor: 1, signal: -80);
            }
        }

        KismetDevice client = _rig.Device(Macs.Client);
        Assert.Equal([(-44.5, 10L), (-80.0, 5L)], client.Sensors.Select(static s => (s.SignalMeanDbm!.Value, s.Packets)));
        Assert.Equal(10, client.Packets);
    }

    [Fact]
    public void A_duplicate_changes_no_count_but_tells_who_heard_it()
    {
        byte[] message = FrameBuilder.EapolKey(1, Macs.Ap, Macs.Client).Build();
        _rig.Hear(message, sensor: 0);
        _rig.Hear(message, sensor: 1);
        Assert.Equal(1, _rig.Engine.Tracker.EapolKeys);
        Assert.Equal(1, _rig.Device(Macs.Ap).Security.EapolKeys);
        Assert.Equal(2, _rig.Device(Macs.Ap).Sensors.Count);
        Assert.Equal(WirelessEncryption.Unknown, _rig.Device(Macs.Ap).Encryption);
    }

    [Fact]
    public void A_damaged_copy_of_one_sensor_does_not_hide_the_good_one_of_another()
    {
        byte[] frame = FrameBuilder.Beacon(Macs.Ap, "net", 6).Build();
        _rig.Hear(frame, sensor: 0, fcs: Wireless.Radio.FcsState.AbsentBad);
        Assert.Empty(_rig.Devices());
        _rig.Hear(frame, sensor: 1);
        Assert.Equal(1, _rig.Device(Macs.Ap).Packets);
        Assert.Equal("sensor1", _rig.Device(Macs.Ap).SensorId);
    }

    private static (int Last, int Min, int Max) Signals(KismetDevice device) =>
        (device.SignalDbm!.Value, device.SignalMinDbm!.Value, device.SignalMaxDbm!.Value);

    private static (double?, double?, double?) Place(KismetDevice device) => (device.Latitude, device.Longitude, device.AltitudeM);
}
