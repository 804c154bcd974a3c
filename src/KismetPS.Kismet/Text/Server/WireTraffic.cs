using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>What INFO and CHANNEL tell: sums over sessions and over all that is known. Under the hub's gate.</summary>
internal sealed class WireTraffic(WireModel model)
{
    private SortedDictionary<int, WireChannel> _channels = [];
    private long? _received;

    /// <summary>The channels as last summed.</summary>
    public IReadOnlyCollection<WireChannel> Channels => _channels.Values;

    /// <summary>Sums once a tick. The devices are gone through only where somebody wants what that gives.</summary>
    /// <param name="sessions">The sessions, read for this tick.</param>
    /// <param name="sources">Sources of this tick.</param>
    /// <param name="devices">Whether the sums over devices are wanted.</param>
    /// <param name="channels">Whether the channels are wanted.</param>
    public WireTotals Sum(IReadOnlyList<HubSession> sessions, IReadOnlyList<WireSource> sources, bool devices, bool channels)
    {
        WireTotals totals = new() { Networks = model.Networks, Clients = model.Clients, Sources = sources.Count, ErrorSources = sources.Count(static s => s.Problem.Length > 0) };
        foreach (HubSession session in sessions)
        {
            KismetStatistic statistic = session.Statistic!;
            totals.Packets += statistic.Decoded;
            totals.Noise += statistic.Malformed;
            totals.Dropped += statistic.Dropped;
        }

        totals.Rate = Math.Max(0, totals.Packets - (_received ?? totals.Packets));
        _received = totals.Packets;
        if (devices)
        {
            SumDevices(ref totals);
        }

        if (channels)
        {
            SumChannels();
        }

        return totals;
    }

    private void SumDevices(ref WireTotals totals)
    {
        foreach (WireDevice device in model.All)
        {
            totals.LlcPackets += device.Device.ManagementPackets;
            totals.DataPackets += device.Device.DataPackets;
            totals.Crypt += device.Device.EncryptedPackets;
        }
    }

    private void SumChannels()
    {
        SortedDictionary<int, WireChannel> before = _channels;
        _channels = [];
        foreach (WireDevice device in model.All)
        {
            if (device.Device.Channel is not int number)
            {
                continue;
            }

            if (!_channels.TryGetValue(number, out WireChannel? channel))
            {
                _channels.Add(number, channel = new WireChannel(number));
            }

            channel.Packets += device.Device.Packets;
            channel.Bytes += device.Device.Bytes;
            channel.Networks += device.IsNetwork ? 1 : 0;
            channel.ActiveNetworks += device.IsNetwork && device.Changed >= model.Version - 1 ? 1 : 0;
            channel.MaxSignal = Math.Max(channel.MaxSignal, device.Device.SignalMaxDbm ?? int.MinValue);
            channel.MaxNoise = Math.Max(channel.MaxNoise, device.Device.NoiseDbm ?? int.MinValue);
        }

        foreach (WireChannel channel in _channels.Values)
        {
            // Of one heard for the first time nothing is new since the last line.
            WireChannel last = before.GetValueOrDefault(channel.Number, channel);
            channel.PacketsDelta = Math.Max(0, channel.Packets - last.Packets);
            channel.BytesDelta = Math.Max(0, channel.Bytes - last.Bytes);
        }
    }
}
