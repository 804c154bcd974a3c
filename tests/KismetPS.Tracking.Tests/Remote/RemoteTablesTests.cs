using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Tracking.Tests.Remote;

/// <summary>The tables of a session whose frames are decoded elsewhere.</summary>
public sealed class RemoteTablesTests
{
    private readonly RemoteTables _tables = new(maxDevices: 300, maxAlerts: 3, sessionId: 7);
    private readonly List<string> _removed = [];

    public RemoteTablesTests() => _tables.Removing = d => _removed.Add(d.MacAddress);

    [Fact]
    public void A_reader_gets_what_changed_since_it_looked_each_once()
    {
        DeviceRow first = Add(1, 10);
        Add(2, 20);
        long seen = _tables.Revision;
        Assert.Equal(["added 1", "added 2"], Changes(0));
        Assert.Empty(Changes(seen));
        for (int i = 0; i < 5; i++)
        {
            _tables.Changed(first);
        }

        Add(3, 30);
        Assert.Equal(["updated 1", "added 3"], Changes(seen));

        // Five changes made one object more.
        Assert.Equal(2, first.Built);
    }

    [Fact]
    public void An_object_is_made_when_it_is_read_and_again_only_after_a_change()
    {
        DeviceRow row = Add(1, 10);
        Assert.Equal(0, row.Built);
        _ = Read();
        _ = Read();
        Assert.Equal(1, row.Built);
        _tables.Changed(row);
        _ = Read();
        Assert.Equal(2, row.Built);
    }

    [Fact]
    public void All_is_stale_while_the_server_is_away_and_what_a_restarted_one_does_not_tell_stays_so()
    {
        DeviceRow told = Add(1, 10);
        Add(2, 20);
        long seen = _tables.Revision;
        _tables.Stale = true;
        Assert.All(Read(), static d => Assert.True(d.IsStale));

        // Being away is no news of any device.
        Assert.Empty(Changes(seen));
        _tables.Stale = false;
        _tables.MarkOld();
        Assert.All(Read(), static d => Assert.True(d.IsStale));
        _tables.Changed(told);
        Assert.Equal([false, true], Read().Select(static d => d.IsStale));
    }

    [Fact]
    public void A_full_table_pushes_out_one_heard_long_ago_and_says_so()
    {
        for (int i = 1; i <= 300; i++)
        {
            Add(i, i == 5 ? 1 : 1000 + i);
        }

        Add(301, 5000);
        Assert.Equal((300, 1L), (_tables.DeviceCount, _tables.Evicted));
        Assert.Equal([Address(5).ToString()], _removed);
        for (int i = 1; i <= 700; i++)
        {
            _tables.AddNetwork(Address(6), $"net{i}", new NetworkRow());
        }

        Assert.Equal((600, 101L), (_tables.NetworkCount, _tables.Evicted));
    }

    [Fact]
    public void Rows_are_used_again_and_readers_are_told_of_the_new_one_only()
    {
        Add(1, 10);
        long seen = _tables.Revision;
        Assert.True(_tables.RemoveDevice(Address(1)));
        Assert.False(_tables.RemoveDevice(Address(1)));
        Assert.Null(_tables.FindDevice(Address(1)));
        Add(2, 20);
        Assert.Equal(["added 2"], Changes(seen));
        Assert.Equal([Address(1).ToString()], _removed);
    }

    [Fact]
    public void Expiry_removes_what_was_not_heard_since()
    {
        Add(1, 10);
        Add(2, 20);
        Add(3, 30);
        Assert.Equal(2, _tables.Expire(DateTimeOffset.FromUnixTimeSeconds(25)));
        Assert.Equal([Address(3).ToString()], Read().Select(static d => d.MacAddress));
        Assert.Equal(1, _tables.RemoveDevices(static r => r.LastSeen.ToUnixTimeSeconds() == 30));
        Assert.Equal(0, _tables.DeviceCount);
    }

    [Fact]
    public void Networks_have_a_row_for_each_name_and_clearing_forgets_all()
    {
        Add(1, 10);
        NetworkRow hidden = new();
        Assert.True(_tables.AddNetwork(Address(1), "", hidden));
        Assert.True(_tables.AddNetwork(Address(1), "lab", new NetworkRow()));
        Assert.Same(hidden, _tables.FindNetwork(Address(1), ""));
        Assert.True(_tables.RemoveNetwork(Address(1), ""));
        Assert.False(_tables.RemoveNetwork(Address(1), ""));
        Assert.Equal(1, _tables.NetworkCount);
        _tables.Clear();
        Assert.Equal((0, 0), (_tables.DeviceCount, _tables.NetworkCount));
        Assert.Equal([Address(1).ToString()], _removed);
    }

    [Fact]
    public void Alerts_are_numbered_and_the_newest_are_kept()
    {
        for (int i = 0; i < 5; i++)
        {
            _tables.AddAlert(static sequence => new KismetAlert { Sequence = sequence, Text = $"{sequence}" });
        }

        Assert.Equal((5L, "3 4 5"), (_tables.AlertCount, string.Join(' ', _tables.Alerts(0).Select(static a => a.Text))));
        Assert.Equal("5", Assert.Single(_tables.Alerts(4)).Text);
    }

    [Fact]
    public async Task Readers_and_the_writer_do_not_meet()
    {
        using CancellationTokenSource stop = new();
        Task writer = Task.Run(() =>
        {
            Random random = new(3);
            while (!stop.IsCancellationRequested)
            {
                using (_tables.Enter())
                {
                    int number = random.Next(1, 400);
                    if (_tables.FindDevice(Address(number)) is { } row)
                    {
                        if (random.Next(4) == 0)
                        {
                            _tables.RemoveDevice(Address(number));
                        }
                        else
                        {
                            _tables.Changed(row);
                        }
                    }
                    else
                    {
                        _tables.AddDevice(Address(number), new DeviceRow(number, number));
                    }
                }
            }
        });
        for (int i = 0; i < 300; i++)
        {
            KismetDevice[] devices = [.. Read()];
            Assert.Equal(devices.Length, devices.DistinctBy(static d => d.MacAddress).Count());
            Assert.True(devices.Length <= 300);
        }

        await stop.CancelAsync();
        await writer;
    }

    private static MacAddress Address(int number) => new((ulong)number);

    private DeviceRow Add(int number, long heard)
    {
        DeviceRow row = new(number, heard);
        _tables.AddDevice(Address(number), row);
        return row;
    }

    private List<KismetDevice> Read()
    {
        List<KismetDevice> devices = [];
        _tables.Devices(new DeviceFilter(), 0, _tables.Revision, (d, _) =>
        {
            devices.Add(d);
            return true;
        });
        return devices;
    }

    private List<string> Changes(long after)
    {
        List<string> changes = [];
        _tables.Devices(new DeviceFilter(), after, _tables.Revision, (d, added) =>
        {
            changes.Add($"{(added ? "added" : "updated")} {Convert.ToInt32(d.MacAddress[^2..], 16)}");
            return true;
        });
        return changes;
    }

    private sealed class DeviceRow(int number, long heard) : RemoteRow<KismetDevice>
    {
        public int Built { get; private set; }

        public override DateTimeOffset LastSeen => DateTimeOffset.FromUnixTimeSeconds(heard);

        protected override KismetDevice Build(bool stale)
        {
            Built++;
            return new KismetDevice { MacAddress = Address(number).ToString(), LastSeen = LastSeen, IsStale = stale };
        }
    }

    private sealed class NetworkRow : RemoteRow<KismetNetwork>
    {
        public override DateTimeOffset LastSeen => DateTimeOffset.UnixEpoch;

        protected override KismetNetwork Build(bool stale) => new() { Bssid = "00:00:00:00:00:01", IsStale = stale };
    }
}
