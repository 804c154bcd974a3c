using KismetPS.TestKit.Frames;
using KismetPS.Tracking.Tables;
using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>Subscriptions to changes: each device once a call, nothing lost, nothing twice.</summary>
public sealed class ChangeReaderTests
{
    private readonly EngineRig _rig = new(new TrackerOptions { DeviceTimeout = TimeSpan.FromMinutes(1) });

    [Fact]
    public void A_device_is_added_then_updated_then_expired()
    {
        using ChangeReader reader = Open(existing: false);
        Assert.Equal([], Read(reader));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
        Assert.Equal([$"Added {Macs.Client}"], Read(reader));
        Assert.Equal([], Read(reader));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
        Assert.Equal([$"Updated {Macs.Client}"], Read(reader));
        _rig.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal([$"Expired {Macs.Client}"], Read(reader));
        Assert.Equal([], Read(reader));
    }

    [Fact]
    public void What_happens_between_two_calls_comes_as_one_change()
    {
        using ChangeReader reader = Open(existing: false);
        for (int i = 0; i < 100; i++)
        {
            _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client).Sequence(i));
        }

        List<KismetDeviceChange> changes = [];
        Assert.True(reader.Read(changes));
        Assert.Equal([KismetChangeKind.Added, KismetChangeKind.Added], changes.Select(static c => c.Change));
        Assert.Equal([1L, 2L], changes.Select(static c => c.Sequence));
        Assert.Equal(100, changes.Single(static c => c.MacAddress == Macs.Client.ToString()).Device.Packets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_look_goes_on_where_the_last_call_ended(bool named)
    {
        const int Devices = 2500;
        const int Handful = 100;
        for (int i = 0; i < Devices; i++)
        {
            _rig.Hear(FrameBuilder.ProbeRequest(Macs.Invented(i)));
        }

        DeviceFilter? filter = named ? new DeviceFilter { Addresses = [.. Enumerable.Range(0, Devices).Select(Macs.Invented)] } : null;
        using ChangeReader reader = new(_rig.Reader, filter, KismetChangeKind.All, existing: true, static _ => { });
        List<KismetDeviceChange> changes = [];
        int calls = 1;
        for (; !reader.Read(changes, Handful); calls++)
        {
            Assert.Equal(calls * Handful, changes.Count);

            // Told of already, and changed since: it is for the next look.
            _rig.Hear(FrameBuilder.ProbeRequest(Macs.Invented(0), "again"));
        }

        Assert.InRange(calls, Devices / Handful, (Devices / Handful) + 1);
        Assert.Equal(Devices, changes.Select(static c => c.MacAddress).Distinct().Count());
        Assert.Equal(Devices, changes.Count);
        Assert.Equal([$"Updated {Macs.Invented(0)}"], Read(reader));
    }

    [Fact]
    public void A_device_told_of_by_another_is_a_change_too()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        using ChangeReader reader = Open(existing: false);
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        Assert.Equal([$"Added {Macs.Client}", $"Updated {Macs.Ap}"], Read(reader));
    }

    /// <summary>A client shows name and protection of its network: it changes with them, and with the network's going, though nothing is heard of it.</summary>
    [Fact]
    public void A_client_changes_with_its_network()
    {
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        using ChangeReader reader = Open(existing: false);
        Assert.Equal([$"Updated {Macs.Ap} net Wpa2", $"Updated {Macs.Client} net Wpa2"], Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa2Psk)));
        Assert.Equal([$"Updated {Macs.Ap} net Wpa2"], Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa2Psk)));
        Assert.Equal([$"Updated {Macs.Ap} net Open", $"Updated {Macs.Client} net Open"], Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6)));
        Assert.Equal([$"Updated {Macs.Ap} other Open", $"Updated {Macs.Client} other Open"], Hear(FrameBuilder.Beacon(Macs.Ap, "other", 6)));
        _rig.Tables.Remove(_rig.Tables.Find(Macs.Ap));
        Assert.Equal([$"Added {Macs.OtherAp}  Unknown", $"Expired {Macs.Ap} other Open", $"Updated {Macs.Client}  Unknown"], Hear(FrameBuilder.Rts(Macs.Client, Macs.OtherAp)));
        Assert.Equal([$"Added {Macs.Ap} net Open", $"Updated {Macs.Client} net Open"], Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6)));

        IEnumerable<string> Hear(FrameBuilder frame)
        {
            _rig.Hear(frame);
            List<KismetDeviceChange> changes = [];
            reader.Read(changes);
            return changes.Select(static c => $"{c} {c.Device.Ssid} {c.Device.Encryption}").Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Devices_known_already_are_given_when_asked_for()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        using ChangeReader without = Open(existing: false);
        using ChangeReader with = Open(existing: true);
        Assert.Equal([], Read(without));
        Assert.Equal([$"Added {Macs.Ap}"], Read(with));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        Assert.Equal([$"Updated {Macs.Ap}"], Read(without));
        Assert.Equal([$"Updated {Macs.Ap}"], Read(with));
    }

    [Fact]
    public void What_went_and_came_back_is_expired_then_added()
    {
        using ChangeReader reader = Open(existing: false);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
        Read(reader);
        _rig.Pass(TimeSpan.FromMinutes(2));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "work"));
        List<KismetDeviceChange> changes = [];
        reader.Read(changes);
        Assert.Equal([(KismetChangeKind.Expired, "home"), (KismetChangeKind.Added, "work")], changes.Select(static c => (c.Change, c.Device.ProbedSsids.Single())));
    }

    [Theory]
    [InlineData(KismetChangeKind.Added, "Added")]
    [InlineData(KismetChangeKind.Updated, "Updated")]
    [InlineData(KismetChangeKind.Expired, "Expired")]
    [InlineData(KismetChangeKind.Added | KismetChangeKind.Expired, "Added Expired")]
    public void Only_the_kinds_asked_for_come(KismetChangeKind kinds, string wanted)
    {
        using ChangeReader reader = Open(existing: false, kinds);
        List<KismetDeviceChange> changes = [];
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client));
        reader.Read(changes);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client));
        reader.Read(changes);
        _rig.Pass(TimeSpan.FromMinutes(2));
        reader.Read(changes);
        Assert.Equal(wanted, string.Join(' ', changes.Select(static c => c.Change)));
    }

    [Fact]
    public void Only_what_passes_the_filter_comes()
    {
        using ChangeReader reader = Open(existing: false, filter: new DeviceFilter { Types = [KismetDeviceType.AccessPoint] });
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        Assert.Equal([$"Added {Macs.Ap}"], Read(reader));
        _rig.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal([$"Expired {Macs.Ap}"], Read(reader));
    }

    [Fact]
    public void A_backlog_of_expired_devices_is_bounded_and_says_what_it_lost()
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = DeviceTables.MinDevices });
        using ChangeReader reader = new(rig.Reader, null, KismetChangeKind.Expired, existing: false, static _ => { });
        rig.Tables.Removing = row => reader.OnRemoving(rig.Reader.Builder.Device(row));
        const int Devices = 66_000;
        for (int i = 0; i < Devices; i++)
        {
            rig.Hear(FrameBuilder.ProbeRequest(Macs.Invented(i)));
        }

        Assert.Equal(Devices - DeviceTables.MinDevices - 65_536, reader.Missed);
        List<KismetDeviceChange> changes = [];
        Assert.True(reader.Read(changes));
        Assert.Equal(65_536, changes.Count);
    }

    [Fact]
    public void A_network_changes_with_its_beacons_its_clients_and_its_traffic()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.OtherAp, "other", 6));
        NetworkChangeReader reader = new(_rig.Reader, null, existing: false);
        Assert.Equal([], ReadNetworks(reader));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        Assert.Equal(["net 1 0"], ReadNetworks(reader));
        Assert.Equal([], ReadNetworks(reader));
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        Assert.Equal(["net 2 1"], ReadNetworks(reader));
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.ApNumber(1), "joined"));
        Assert.Equal(["joined 1 1"], ReadNetworks(reader));
        Assert.Equal(3, ReadNetworks(new NetworkChangeReader(_rig.Reader, null, existing: true)).Count());
    }

    /// <summary>
    /// A writer at full speed, a small table that pushes devices out all the time, a reader beside it. What the reader has put together from the
    /// changes is the table in the end; it was never told of a device as new that it knew, nor of a change of one that it did not know.
    /// </summary>
    [Theory]
    [InlineData(1, 40, int.MaxValue)]
    [InlineData(2, 150, int.MaxValue)]
    [InlineData(3, 400, int.MaxValue)]
    [InlineData(4, 3000, int.MaxValue)]
    [InlineData(5, 40, 1)]
    [InlineData(6, 150, 7)]
    [InlineData(7, 3000, 20)]
    public async Task Changes_read_while_the_table_is_written_come_to_the_table(int seed, int stations, int most)
    {
        EngineRig rig = new(new TrackerOptions { MaxDevices = 100 });
        using ChangeReader reader = new(rig.Reader, null, KismetChangeKind.All, existing: true, static _ => { });
        rig.Tables.Removing = row => reader.OnRemoving(rig.Reader.Builder.Device(row));
        using ManualResetEventSlim begun = new();
        Task writing = Task.Factory.StartNew(
            () =>
            {
                RandomAir air = new(seed, stations);
                for (int i = 0; i < 20_000; i++)
                {
                    rig.Hear(air.Next(), sensor: i % 2);
                    if (i == 10_000)
                    {
                        // Not over before there was a reader.
                        Assert.True(begun.Wait(TimeSpan.FromSeconds(120)));
                    }
                }
            },
            TaskCreationOptions.LongRunning);

        Dictionary<string, KismetDevice> known = [];
        List<KismetDeviceChange> changes = [];
        long sequence = 0;
        int calls = 0;
        bool whole = true;
        for (bool last = false; !(last && whole); calls++)
        {
            // A look that was begun before the end does not tell what came after its beginning.
            last = whole ? writing.IsCompleted : last;
            if (calls == 3)
            {
                begun.Set();
            }

            changes.Clear();
            whole = reader.Read(changes, most);
            Assert.InRange(changes.Count(static c => c.Change != KismetChangeKind.Expired), 0, most);
            HashSet<string> inThisCall = [];
            foreach (KismetDeviceChange change in changes)
            {
                Assert.Equal(++sequence, change.Sequence);
                switch (change.Change)
                {
                    case KismetChangeKind.Added:
                        Assert.True(inThisCall.Add(change.MacAddress));
                        Assert.True(known.TryAdd(change.MacAddress, change.Device), $"{change.MacAddress} is added and known.");
                        break;
                    case KismetChangeKind.Updated:
                        Assert.True(inThisCall.Add(change.MacAddress));
                        Assert.True(known.TryGetValue(change.MacAddress, out KismetDevice? before), $"{change.MacAddress} is updated and not known.");
                        Assert.True(before.Packets <= change.Device.Packets);
                        known[change.MacAddress] = change.Device;
                        break;
                    default:
                        // One that came and went between two calls was never told of.
                        known.Remove(change.MacAddress);
                        break;
                }
            }
        }

        await writing;
        Assert.Equal(0, reader.Missed);
        Assert.Equal(Oracle.DeviceLine.Of(rig.Devices()), Oracle.DeviceLine.Of(known.Values));
        Assert.True(calls > 2);
    }

    private static List<string> Read(ChangeReader reader)
    {
        List<KismetDeviceChange> changes = [];
        reader.Read(changes);
        return [.. changes.Select(static c => c.ToString()).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> ReadNetworks(NetworkChangeReader reader)
    {
        List<KismetNetwork> networks = [];
        reader.Read(networks);
        return networks.Select(static n => $"{n.Ssid} {n.Packets} {n.ClientCount}");
    }

    private ChangeReader Open(bool existing, KismetChangeKind kinds = KismetChangeKind.All, DeviceFilter? filter = null)
    {
        ChangeReader reader = new(_rig.Reader, filter, kinds, existing, static _ => { });
        Action<int> before = _rig.Tables.Removing!;
        _rig.Tables.Removing = row =>
        {
            before(row);
            reader.OnRemoving(_rig.Reader.Builder.Device(row));
        };
        return reader;
    }
}
