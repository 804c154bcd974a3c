using KismetPS.Tracking;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A session over the tables that connections use, filled by the test.</summary>
internal sealed class TableSession : DeviceSession
{
    private readonly RemoteTables _tables;

    public TableSession(int maxDevices = 100_000)
        : base(KismetSessionKind.Connection, null)
    {
        _tables = new RemoteTables(maxDevices, 100, Id) { Removing = TellRemoval };
        Start(static () => { }, () => StopToken.WaitHandle.WaitOne());
    }

    public override string EndPoint => "test";

    public override KismetStatistic Statistics => new() { Devices = _tables.DeviceCount };

    private protected override IDeviceView View => _tables;

    public void Set(ulong address, long packets)
    {
        MacAddress mac = new(address);
        using (_tables.Enter())
        {
            if (_tables.FindDevice(mac) is Row row)
            {
                row.Packets = packets;
                _tables.Changed(row);
            }
            else
            {
                _tables.AddDevice(mac, new Row(mac) { Packets = packets });
            }
        }
    }

    public void Remove(ulong address)
    {
        using (_tables.Enter())
        {
            _tables.RemoveDevice(new MacAddress(address));
        }
    }

    public void Alert(string text)
    {
        using (_tables.Enter())
        {
            _tables.AddAlert(n => new KismetAlert { Sequence = n, Text = text, Time = DateTimeOffset.UtcNow });
        }
    }

    private sealed class Row(MacAddress mac) : RemoteRow<KismetDevice>
    {
        public long Packets { get; set; }

        public override DateTimeOffset LastSeen => DateTimeOffset.UnixEpoch;

        protected override KismetDevice Build(bool stale) => new() { MacAddress = mac.ToString(), Type = KismetDeviceType.Client, Packets = Packets, LastSeen = LastSeen };
    }
}
